import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { z } from 'zod'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { SERIES_RANGES, type SeriesRange } from '@/lib/ports/monitor-reader.ts'
import { readMarks } from '@/lib/queries/deployments.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import { readMonitorView } from '@/lib/queries/monitor.ts'
import { wireFacts } from '@/lib/wiring/people.ts'
import { Heartbeat } from './_parts/heartbeat.tsx'
import { History } from './_parts/history.tsx'
import { LastResult } from './_parts/last-result.tsx'
import { MonitorHeader } from './_parts/monitor-header.tsx'
import { Outages } from './_parts/outages.tsx'
import { RecentResults } from './_parts/recent-results.tsx'
import { Regions } from './_parts/regions.tsx'
import { RulesAbout } from './_parts/rules-about.tsx'
import { SettingsAside } from './_parts/settings-aside.tsx'

interface PageProps {
  params: Promise<{ project: string; key: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const REFRESH_MS = 15_000

/** What does not fit is as if it were not there. */
const querySchema = z.object({
  range: z.enum(SERIES_RANGES).catch('24h'),
  before: z.coerce.number().int().positive().max(8.64e15).nullable().catch(null),
})

/** Read once for the title and the page. */
/** Where a rule about how fast it answers begins; what is too slow is for people to say. */
const SLOW_MS = 2_000

const loadView = cache(async (slug: string, key: string, range: SeriesRange, before: Instant | null) => {
  const { project, people } = await requireProject(slug)
  return readMonitorView(people.monitors, { projectId: project.id, key, range, before, locale: await getLocale() })
})

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { project, key } = await props.params
  const { range, before } = querySchema.parse(await props.searchParams)
  const view = await loadView(project, key, range, before)
  return { title: view?.monitor.name ?? (await getTranslations('monitor'))('notFound.title') }
}

export default async function MonitorPage(props: PageProps) {
  const { project: slug, key } = await props.params
  const { project, role, people } = await requireProject(slug)
  const { range, before } = querySchema.parse(await props.searchParams)
  const t = await getTranslations('monitor')
  const locale = await getLocale()
  const view = await loadView(slug, key, range, before)
  if (view === null) notFound()
  const { fromAt, toAt, maintenanceNow } = view.history
  const marks = await readMarks(people.deployments, project.id, fromAt, toAt)
  const mayRespond = isRoleAtLeast(role, 'responder')
  const mayConfigure = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/monitors/${view.monitor.key}`
  const { openIncident } = view.detail
  const cutOff = view.regions.flatMap(({ region, isCutOff }) => (isCutOff ? [region] : []))
  return (
    <div className="flex flex-col gap-6">
      {before === null && <LiveRefresh everyMs={REFRESH_MS} />}
      <MonitorHeader view={view} project={project} mayRespond={mayRespond} mayConfigure={mayConfigure} />
      {openIncident && (
        <Notice tone="warning" title={t('openIncident', { priority: openIncident.priority })}>
          <Link href={`/${project.slug}/incidents/${openIncident.number}`} className="underline underline-offset-4">
            {titleIn(locale, openIncident.title)}
          </Link>
        </Notice>
      )}
      {maintenanceNow && (
        <Notice tone="info" title={t('maintenance.title', { name: maintenanceNow.name })}>
          {t('maintenance.text', {
            until: formatBriefIn(project.timeZone, maintenanceNow.untilAt, toAt, locale),
          })}
        </Notice>
      )}
      {cutOff.length > 0 && (
        <Notice tone="warning" title={t('cutOff.title', { regions: cutOff.join(', ') })}>
          {t('cutOff.text')}
        </Notice>
      )}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="flex min-w-0 flex-col gap-8">
          {view.monitor.kind === 'heartbeat' && (
            <Heartbeat view={view} baseUrl={wireFacts().url} timeZone={project.timeZone} />
          )}
          <LastResult view={view} project={project} mayTest={mayRespond} />
          <Regions view={view} timeZone={project.timeZone} />
          <History view={view} marks={marks} path={path} timeZone={project.timeZone} />
          <Outages view={view} project={project} mayRespond={mayRespond} />
          {view.monitor.kind !== 'heartbeat' && (
            <RulesAbout slug={slug} monitor={view.monitor} slowMs={SLOW_MS} mayConfigure={mayConfigure} />
          )}
          <RecentResults view={view} path={path} before={before} timeZone={project.timeZone} />
        </div>
        <SettingsAside view={view} project={project} mayConfigure={mayConfigure} />
      </div>
    </div>
  )
}
