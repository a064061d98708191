import type { Priority } from '../domain/monitor/severity.ts'
import type { IncidentReader, IncidentStatus, IncidentSummary } from '../ports/incident-reader.ts'
import { askFor, cutPage, type KeysetPage, type KeysetPosition } from './keyset.ts'

export const INCIDENT_FILTERS = ['all', 'triggered', 'acknowledged', 'resolved'] as const
export type IncidentFilter = (typeof INCIDENT_FILTERS)[number]

export interface IncidentListRequest extends KeysetPosition {
  status: IncidentFilter
  priority: Priority | null
}

export interface IncidentList {
  /** The worst first, then the oldest; on the first page only. */
  open: IncidentSummary[]
  /** Newest first. Null where the filter asks for open ones alone. */
  resolved: KeysetPage<IncidentSummary> | null
  /** Of all open incidents of the project, whatever the filter shows. */
  openCount: number
  unacknowledgedCount: number
}

/** More open incidents than this at once are one disaster, not a list: the oldest beyond it wait on the filtered pages. */
const OPEN_LIMIT = 200
const OPEN: readonly IncidentStatus[] = ['triggered', 'acknowledged']

/** The incidents page: what is open stands first and is never paged away; what is over follows by number. */
export async function readIncidents(
  reader: IncidentReader,
  projectId: string,
  request: IncidentListRequest,
): Promise<IncidentList> {
  const { status, priority, below, above } = request
  const position = { below, above }
  const everywhere = { below: null, above: null }
  const [open, resolved] = await Promise.all([
    reader.listIncidents(projectId, { statuses: OPEN, priority: null, ...everywhere, limit: OPEN_LIMIT }),
    status === 'all' || status === 'resolved'
      ? reader.listIncidents(projectId, { statuses: ['resolved'], priority, ...askFor(position) })
      : null,
  ])
  const isFirstPage = below === null && above === null
  const page = resolved === null ? null : cutPage(resolved, position, (incident) => incident.number)
  const shown = isFirstPage || page?.newerAbove === null ? open.filter((incident) => isAskedFor(incident, request)) : []
  return {
    open: shown.sort(byUrgency),
    resolved: page,
    openCount: open.length,
    unacknowledgedCount: open.filter((incident) => incident.status === 'triggered').length,
  }
}

function isAskedFor(incident: IncidentSummary, { status, priority }: IncidentListRequest): boolean {
  return (status === 'all' || status === incident.status) && (priority === null || priority === incident.priority)
}

function byUrgency(a: IncidentSummary, b: IncidentSummary): number {
  return a.priority.localeCompare(b.priority) || a.startedAt - b.startedAt || a.number - b.number
}
