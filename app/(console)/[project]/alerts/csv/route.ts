import { csvResponse } from '@/app/_session/csv.ts'
import { requireProject } from '@/app/_session/project.ts'
import { type Instant, toIso } from '@/lib/domain/time/instant.ts'
import type { ListedAlert } from '@/lib/ports/rule-reader.ts'
import { readAlerts } from '@/lib/queries/alerts.ts'
import { readAlertRequest } from '../_request.ts'

/** What one answer of the database holds at most. */
const ROWS_MAX = 999
const HEAD = [
  'started_at',
  'resolved_at',
  'level',
  'severity',
  'subject',
  'key',
  'name',
  'group',
  'reason',
  'told_at',
  'told_reason',
  'incident',
]

/** The newest alerts of a view as CSV. */
export async function GET(request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { people, project } = await requireProject((await props.params).project)
  const asked = readAlertRequest(Object.fromEntries(new URL(request.url).searchParams))
  const { alerts } = await readAlerts(people.rules, project.id, { ...asked, below: null, above: null }, ROWS_MAX)
  return csvResponse(`${project.slug}-alerts`, [HEAD, ...alerts.map(toCells)])
}

function toCells(alert: ListedAlert): string[] {
  const time = (at: Instant | null) => (at === null ? '' : toIso(at))
  const { level, severity, subject, key, name, group, reason, toldReason, incidentNumber } = alert
  return [
    time(alert.startedAt),
    time(alert.resolvedAt),
    level,
    severity,
    subject,
    key,
    name,
    group.join(' '),
    reason,
    time(alert.toldAt),
    toldReason ?? '',
    incidentNumber === null ? '' : String(incidentNumber),
  ]
}
