import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { ImportForm } from '../_parts/import-form.client.tsx'
import { importText } from '../actions.ts'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('slos.import'))('title') }
}

export default async function ImportSlosPage({ params }: Props) {
  const { project, role } = await requireProject((await params).project)
  const t = await getTranslations('slos')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('import.title')} description={t('import.lead')} />
      {isRoleAtLeast(role, 'admin') ? (
        <ImportForm
          action={importText.bind(null, project.slug)}
          texts={{
            text: t('import.text'),
            hint: t('import.hint'),
            submit: t('import.submit'),
            saving: t('form.saving'),
          }}
        />
      ) : (
        <Notice tone="info">{t('forbidden')}</Notice>
      )}
    </div>
  )
}
