import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { KpiForm } from '../_parts/kpi-form.client.tsx'
import { kpiFormTexts } from '../_parts/kpi-form-texts.ts'
import { ReadOnlyRole } from '../_parts/read-only-role.tsx'
import { submit } from '../actions.ts'

const KINDS = ['sql', 'pushed'] as const
const querySchema = z.object({ kind: z.enum(KINDS).catch('sql') })
const EXAMPLE = '{"name":"business.signups","value":41}'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('kpis'))('new') }
}

export default async function NewKpiPage({ params, searchParams }: Props) {
  const { project, role } = await requireProject((await params).project)
  const { kind } = querySchema.parse(await searchParams)
  const t = await getTranslations('kpis')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const none = { name: '', key: '', unit: '', query: '', lowerLimit: '', upperLimit: '' }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t(`newLead.${kind}`)} />
      <SegmentedLinks
        label={t('columns.source')}
        items={KINDS.map((value) => ({
          href: `/${project.slug}/kpis/new?kind=${value}`,
          label: t(`kinds.${value}`),
          current: value === kind,
        }))}
      />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <KpiForm
          key={kind}
          action={submit.bind(null, project.slug, null)}
          kind={kind}
          values={{ ...none, schedule: '0 * * * *', timeZone: project.timeZone }}
          hasConnection={false}
          isNew
          texts={await kpiFormTexts()}
        />
        <div className="min-w-0 text-sm text-ink-muted">
          {t(`aside.${kind}`)}
          {kind === 'sql' ? <ReadOnlyRole /> : <FirstCall path="/api/ingest/metrics" body={EXAMPLE} />}
        </div>
      </div>
    </div>
  )
}
