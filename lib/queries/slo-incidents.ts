import { downMsWithin } from '../domain/slo/methods.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { IncidentReader, IncidentSummary } from '../ports/incident-reader.ts'
import type { SloView } from './slos.ts'

/** More than these are not looked through: the newest tell most. */
const LIMIT = 100

export interface SloIncident {
  incident: IncidentSummary
  /** How long it lay within the window. */
  withinMs: number
}

export interface SloIncidents {
  /** Newest first. */
  incidents: readonly SloIncident[]
  /** All of them together, those that overlap counted once. */
  mergedMs: number
}

/** The incidents of a project that lie within the window of an SLO. */
export async function readSloIncidents(
  reader: Pick<IncidentReader, 'listIncidents'>,
  projectId: string,
  { window }: Pick<SloView, 'window'>,
  now: Instant,
): Promise<SloIncidents> {
  const statuses = ['triggered', 'acknowledged', 'resolved'] as const
  const found = await reader.listIncidents(projectId, {
    statuses,
    priority: null,
    below: null,
    above: null,
    limit: LIMIT,
  })
  const past = { from: window.from, until: Math.min(window.until, now) }
  const spanOf = ({ startedAt, resolvedAt }: IncidentSummary) => ({ from: startedAt, until: resolvedAt ?? now })
  const incidents = found
    .map((incident) => ({ incident, withinMs: downMsWithin([spanOf(incident)], past) }))
    .filter(({ withinMs }) => withinMs > 0)
  return {
    incidents,
    mergedMs: downMsWithin(
      incidents.map(({ incident }) => spanOf(incident)),
      past,
    ),
  }
}
