import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { LANGUAGE_NAMES } from '@/i18n/locales.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { ProjectForm } from './_parts/project-form.client.tsx'
import { projectFormTexts } from './_parts/project-form-texts.ts'
import { SettingsFrame } from './_parts/settings-frame.tsx'
import { saveSettings } from './actions.ts'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') }
}

export default async function SettingsPage({ params }: Props) {
  const { people, project, role } = await requireProject((await params).project)
  const settings = await people.settings.readSettings(project.id)
  const t = await getTranslations('settings.form')
  return (
    <SettingsFrame slug={project.slug} role={role} tab="project" floor="admin">
      {isRoleAtLeast(role, 'admin') ? (
        <ProjectForm
          action={saveSettings.bind(null, project.slug)}
          values={{
            name: settings.name,
            slug: settings.slug,
            timeZone: settings.timeZone,
            locale: settings.locale,
            reportRecipients: settings.reportRecipients.join('\n'),
          }}
          isNew={false}
          texts={await projectFormTexts()}
        />
      ) : (
        <KeyValueList
          items={[
            { key: t('name'), value: settings.name },
            { key: t('timeZone'), value: settings.timeZone },
            { key: t('locale'), value: LANGUAGE_NAMES[settings.locale] },
            { key: t('reportRecipients'), value: settings.reportRecipients.join(', ') || '–' },
          ]}
        />
      )}
    </SettingsFrame>
  )
}
