import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { IncidentReader } from '../ports/incident-reader.ts'
import { titleIn } from './incident-title.ts'

/** More than this many marks on one axis say nothing. */
const MOST = 50

/** The incidents that began in a span, as marks on a time axis, in the reader's language. */
export async function readIncidentMarks(
  reader: Pick<IncidentReader, 'listIncidents'>,
  projectId: string,
  { from, until, locale }: { from: Instant; until: Instant; locale: Locale },
): Promise<{ at: Instant; name: string }[]> {
  const statuses = ['triggered', 'acknowledged', 'resolved'] as const
  const newest = await reader.listIncidents(projectId, {
    statuses,
    priority: null,
    below: null,
    above: null,
    limit: MOST,
  })
  return newest
    .filter(({ startedAt }) => startedAt >= from && startedAt < until)
    .map(({ startedAt, number, title }) => ({ at: startedAt, name: `#${number} ${titleIn(locale, title)}` }))
    .reverse()
}
