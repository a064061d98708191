import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DashboardPanels } from '@/app/_components/dashboard/dashboard-panels.tsx'
import { DashboardHeadline } from '@/app/_components/dashboard/panel-grid.tsx'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { type SearchParams, withQuery } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { DASHBOARD_RANGES, loadDashboard } from '@/lib/queries/dashboards/dashboard.ts'
import { OPS, OPS_PANELS, type OpsPanel } from '@/lib/queries/dashboards/ops.ts'
import { alertOnPanelHref } from '../rules/_href.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const EXAMPLE = '{"name":"system.cpu.utilization","value":0.42,"unit":"1"}'
const REFRESH_MS = 30_000
const rangeSchema = z.enum(DASHBOARD_RANGES).catch('6h')

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboards.ops'))('title') }
}

export default async function OpsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const range = rangeSchema.parse((await searchParams).range)
  const t = await getTranslations('dashboards')
  const { panels, from, until, stepMs } = await loadDashboard(people.telemetry, project.id, OPS, range, now)
  const titles = Object.fromEntries(OPS_PANELS.map((key) => [key, t(`ops.panels.${key}`)])) as Record<OpsPanel, string>
  const path = `/${project.slug}/ops`
  const isEmpty = panels.every(({ source }) => source === null)
  return (
    <div className="flex flex-col gap-6">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        title={t('ops.title')}
        description={
          isEmpty ? (
            t('ops.lead')
          ) : (
            <DashboardHeadline panels={panels.map(({ panel, state }) => ({ title: titles[panel.key], state }))} />
          )
        }
        action={
          <SegmentedLinks
            label={t('range')}
            items={DASHBOARD_RANGES.map((one) => ({
              href: withQuery(path, { range: one }),
              label: t(`ranges.${one}`),
              current: one === range,
            }))}
          />
        }
      />
      {isEmpty && (
        <EmptyState
          title={t('empty.title')}
          action={<ButtonLink href={`/${project.slug}/settings/keys`}>{t('empty.action')}</ButtonLink>}
        >
          <p>{t('ops.empty')}</p>
          <FirstCall path="/api/ingest/metrics" body={EXAMPLE} />
        </EmptyState>
      )}
      {!isEmpty && (
        <DashboardPanels
          panels={panels}
          titles={titles}
          range={{ fromAt: from, toAt: until }}
          stepMs={stepMs}
          timeZone={project.timeZone}
          now={now}
          exploreHref={(metric, aggregate) => withQuery(`/${project.slug}/explore`, { metric, aggregate, range })}
          alertHref={
            isRoleAtLeast(role, 'admin') ? (panel, source) => alertOnPanelHref(project.slug, panel, source) : null
          }
        />
      )}
    </div>
  )
}
