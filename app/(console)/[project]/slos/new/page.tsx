import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { presetSpec, SLO_PRESETS } from '@/lib/domain/slo/presets.ts'
import { Presets } from '../_parts/presets.tsx'
import { SloEditor } from '../_parts/slo-editor.tsx'

const KINDS = ['availability', 'latency', 'ratio', 'web_vital'] as const
const querySchema = z.object({
  kind: z.enum(KINDS).catch('availability'),
  preset: z.enum(SLO_PRESETS).nullable().catch(null),
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('slos'))('new') }
}

export default async function NewSloPage({ params, searchParams }: Props) {
  const { project, role } = await requireProject((await params).project)
  const { kind: asked, preset } = querySchema.parse(await searchParams)
  const t = await getTranslations('slos')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const path = `/${project.slug}/slos`
  const spec = preset === null ? {} : { ...presetSpec(preset), name: t(`presets.names.${preset}`) }
  const kind = preset === null ? asked : presetSpec(preset).indicator.kind
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t(`kindLead.${kind}`)} />
      <LinkTabs
        label={t('kind')}
        items={KINDS.map((value) => ({
          href: `${path}/new?kind=${value}`,
          label: t(`kinds.${value}`),
          current: value === kind,
        }))}
      />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <SloEditor key={preset ?? kind} slug={project.slug} id={null} kind={kind} spec={spec} />
        <Presets path={path} />
      </div>
    </div>
  )
}
