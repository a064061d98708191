import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import { ProjectForm } from '../_parts/project-form.client.tsx'
import { projectFormTexts } from '../_parts/project-form-texts.ts'
import { SettingsFrame } from '../_parts/settings-frame.tsx'
import { createNewProject } from '../actions.ts'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.newProject') }
}

export default async function NewProjectPage({ params }: Props) {
  const { project, role } = await requireProject((await params).project)
  return (
    <SettingsFrame slug={project.slug} role={role} tab="newProject" floor="owner">
      {role === 'owner' && (
        <ProjectForm
          action={createNewProject.bind(null, project.slug)}
          values={{ name: '', slug: '', timeZone: project.timeZone, locale: project.locale, reportRecipients: '' }}
          isNew
          texts={await projectFormTexts()}
        />
      )}
    </SettingsFrame>
  )
}
