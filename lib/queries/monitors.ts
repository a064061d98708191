import type { MonitorKind } from '../domain/monitor/config.ts'
import type { ShownState } from '../domain/monitor/monitor.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { MonitorCursor, MonitorFilter, MonitorReader } from '../ports/monitor-reader.ts'
import { type MonitorLine, toMonitorLine } from './monitor-row.ts'
import { cursorAfter, PAGE_SIZE } from './overview.ts'

export interface MonitorPage {
  now: Instant
  lines: MonitorLine[]
  /** How many match the filters. */
  total: number
  next: MonitorCursor | null
  /** How many monitors of the project show each state, whatever the filters say. */
  states: Partial<Record<ShownState, number>>
  facets: { kinds: MonitorKind[]; tags: string[]; groups: string[] }
}

/** A page of the list of monitors with what it can be filtered by. */
export async function readMonitorPage(
  reader: MonitorReader,
  request: { projectId: string; filter: MonitorFilter; after: MonitorCursor | null; locale: Locale },
): Promise<MonitorPage> {
  const { projectId, filter, after, locale } = request
  const [overview, page, facets] = await Promise.all([
    reader.readOverview(projectId),
    reader.listMonitors(projectId, { ...filter, after, limit: PAGE_SIZE }),
    reader.readFacets(projectId),
  ])
  const figures = await reader.readFigures(page.monitors.map(({ id }) => id))
  return {
    now: overview.now,
    lines: page.monitors.map((monitor) => toMonitorLine(monitor, figures.get(monitor.id), overview.now, locale)),
    total: page.total,
    next: cursorAfter(page.monitors, PAGE_SIZE),
    states: overview.states,
    facets,
  }
}
