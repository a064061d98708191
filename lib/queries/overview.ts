import type { ShownState } from '../domain/monitor/monitor.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { MonitorCursor, MonitorReader, OverviewFacts } from '../ports/monitor-reader.ts'
import { type MonitorLine, toMonitorLine } from './monitor-row.ts'

/** The one sentence that answers "is everything fine?", as facts for the page to word. */
export type Headline =
  /** Nobody is watching: whatever the table says is old. */
  | { kind: 'blind'; sinceAt: Instant }
  | { kind: 'empty' }
  | { kind: 'down'; count: number; total: number; sinceAt: Instant | null }
  | { kind: 'degraded' | 'unknown' | 'pending'; count: number; total: number }
  | { kind: 'up'; total: number }
  | { kind: 'paused'; total: number }

/** States that the headline does not name, worst first: they must not hide behind it. */
export interface StateCount {
  state: ShownState
  count: number
}

export interface Overview {
  now: Instant
  headline: Headline
  besides: StateCount[]
  openIncidents: OverviewFacts['openIncidents']
  deadNotifications: number
  lines: MonitorLine[]
  /** Monitors in all. */
  total: number
  next: MonitorCursor | null
  /** What a newcomer has done; null once all of it is done. */
  steps: { hasMonitor: boolean; hasChannel: boolean; hasDelivered: boolean } | null
  hasChannel: boolean
}

export const PAGE_SIZE = 50

/** Everything that the overview shows, from three reads of figures that are ready, two of them at once. */
export async function readOverview(
  reader: Pick<MonitorReader, 'readOverview' | 'listMonitors' | 'readFigures'>,
  request: { projectId: string; after: MonitorCursor | null; locale: Locale; blindSinceAt: Instant | null },
): Promise<Overview> {
  const everything = { state: null, kind: null, tag: null, group: null, search: null }
  const [facts, page] = await Promise.all([
    reader.readOverview(request.projectId),
    reader.listMonitors(request.projectId, { ...everything, after: request.after, limit: PAGE_SIZE }),
  ])
  const figures = await reader.readFigures(page.monitors.map(({ id }) => id))
  const headline = decideHeadline(facts, request.blindSinceAt)
  const hasMonitor = page.total > 0
  const hasChannel = facts.channels > 0
  const isSetUp = hasMonitor && hasChannel && facts.hasDelivered
  return {
    now: facts.now,
    headline,
    besides: countBesides(facts.states, headline),
    openIncidents: facts.openIncidents,
    deadNotifications: facts.deadNotifications,
    lines: page.monitors.map((monitor) => toMonitorLine(monitor, figures.get(monitor.id), facts.now, request.locale)),
    total: page.total,
    next: cursorAfter(page.monitors, PAGE_SIZE),
    steps: isSetUp ? null : { hasMonitor, hasChannel, hasDelivered: facts.hasDelivered },
    hasChannel,
  }
}

/** Where the next page begins; null when this one was not full. */
export function cursorAfter(monitors: readonly (MonitorCursor & object)[], limit: number): MonitorCursor | null {
  const last = monitors.at(-1)
  return last === undefined || monitors.length < limit ? null : { rank: last.rank, name: last.name, id: last.id }
}

/** The worst thing first: blindness, then what is down, then what is less than well. Paused monitors are not counted among the watched. */
export function decideHeadline(
  { states, downSince }: Pick<OverviewFacts, 'states' | 'downSince'>,
  blindSinceAt: Instant | null,
): Headline {
  const count = (state: ShownState) => states[state] ?? 0
  const all = Object.values(states).reduce((sum, n) => sum + n, 0)
  const total = all - count('paused')
  if (all === 0) return { kind: 'empty' }
  if (blindSinceAt !== null) return { kind: 'blind', sinceAt: blindSinceAt }
  if (total === 0) return { kind: 'paused', total: all }
  if (count('down') > 0) return { kind: 'down', count: count('down'), total, sinceAt: downSince }
  for (const kind of ['degraded', 'unknown', 'pending'] as const) {
    if (count(kind) > 0) return { kind, count: count(kind), total }
  }
  return { kind: 'up', total }
}

const BESIDES: readonly ShownState[] = ['down', 'degraded', 'unknown', 'pending', 'maintenance', 'paused']

function countBesides(states: OverviewFacts['states'], headline: Headline): StateCount[] {
  if (headline.kind === 'blind' || headline.kind === 'empty') return []
  return BESIDES.filter((state) => state !== headline.kind)
    .map((state) => ({ state, count: states[state] ?? 0 }))
    .filter(({ count }) => count > 0)
}
