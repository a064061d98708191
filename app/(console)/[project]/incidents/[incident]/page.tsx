import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { IncidentStatus } from '@/app/_components/ui/incident-status.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { PriorityBadge } from '@/app/_components/ui/priority-badge.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readLastBefore, readMarks } from '@/lib/queries/deployments.ts'
import { readIncident } from '@/lib/queries/incident.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import { Affected } from './_parts/affected.tsx'
import { Clocks } from './_parts/clocks.tsx'
import { Evidence } from './_parts/evidence.tsx'
import { Facts } from './_parts/facts.tsx'
import { IncidentActions } from './_parts/incident-actions.tsx'
import { IncidentChart } from './_parts/incident-chart.tsx'
import { Notices, sentenceOf } from './_parts/sentence.tsx'
import { Timeline } from './_parts/timeline.tsx'
import { Told } from './_parts/told.tsx'

interface Props {
  params: Promise<{ project: string; incident: string }>
}

/** Someone with an open incident in front of them should not wait half a minute for what changed. */
const REFRESH_MS = 10_000

/** Lists link by number, which people say; messages by id, which they carry before a number is given. */
const findIncident = cache(async (slug: string, reference: string) => {
  const { people, project, now } = await requireProject(slug)
  const isNumber = /^\d{1,9}$/.test(reference)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference)
  if (!isNumber && !isId) return null
  const asked = isNumber ? { number: Number(reference) } : { id: reference }
  return readIncident(people.incidents, project.id, asked, now)
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, incident } = await params
  const view = await findIncident(project, incident)
  return view === null ? {} : { title: `#${view.incident.number} ${titleIn(await getLocale(), view.incident.title)}` }
}

export default async function IncidentPage({ params }: Props) {
  const { project: slug, incident: reference } = await params
  const { project, people, role, now } = await requireProject(slug)
  const view = await findIncident(slug, reference)
  if (view === null) notFound()
  const t = await getTranslations('incident')
  const locale = await getLocale()
  const { incident, chart } = view
  const [last, hasDeployments, marks] = await Promise.all([
    readLastBefore(people.deployments, project.id, incident.startedAt),
    people.deployments.hasAny(project.id),
    chart === null ? [] : readMarks(people.deployments, project.id, chart.from, chart.until),
  ])
  const mayAct = isRoleAtLeast(role, 'responder')
  const place = { slug, timeZone: project.timeZone, now, locale }
  return (
    <div className="flex flex-col gap-6 max-lg:pb-16">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        badge={
          <>
            <PriorityBadge priority={incident.priority} />
            <span className="text-ink-muted tabular-nums">#{incident.number}</span>
            <IncidentStatus status={incident.status} />
          </>
        }
        title={titleIn(locale, incident.title)}
        description={sentenceOf(view, t, place)}
      />
      <Notices view={view} t={t} />
      <Clocks view={view} place={place} />
      <IncidentActions view={view} slug={slug} mayAct={mayAct} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <Evidence view={view} place={place} />
          <IncidentChart view={view} marks={marks} place={place} />
          <Timeline view={view} place={place} mayAct={mayAct} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Affected view={view} place={place} />
          <Told view={view} place={place} />
          <Facts view={view} deployment={{ last, isConnected: hasDeployments }} place={place} mayAct={mayAct} />
        </div>
      </div>
    </div>
  )
}
