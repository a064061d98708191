import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { SloEditor } from '../../_parts/slo-editor.tsx'

interface Props {
  params: Promise<{ project: string; slo: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('slos'))('edit') }
}

export default async function EditSloPage({ params }: Props) {
  const { project: slug, slo: key } = await params
  const { people, project, role } = await requireProject(slug)
  const slo = (await people.slos.list(project.id)).find((one) => one.key === key)
  if (slo === undefined) notFound()
  const t = await getTranslations('slos')
  const { id, projectId: _, ...spec } = slo
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('editTitle', { name: slo.name })} />
      {isRoleAtLeast(role, 'admin') ? (
        <SloEditor slug={slug} id={id} kind={slo.indicator.kind} spec={spec} />
      ) : (
        <Notice tone="info">{t('forbidden')}</Notice>
      )}
    </div>
  )
}
