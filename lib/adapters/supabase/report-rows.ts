import type { IncidentRecord, ReportFigures, SpanFigures } from '../../domain/report/figures.ts'
import type { WeeklyReport } from '../../domain/report/weekly-report.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { ReportSpan } from '../../ports/report-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'

/** Shapes of the JSON that `read_report_figures` answers, and how they become values of the domain. */
interface SpanRow {
  up: number
  degraded: number
  down: number
  unknown: number
  maintenance: number
  count: number
  sum_ms: number
  min_ms: number | null
  max_ms: number | null
  keys: number[]
  counts: number[]
}

interface FiguresRow {
  monitors: (SpanRow & { key: string; name: string })[]
  days: (SpanRow & { at: string })[]
  incidents: {
    number: number
    title: string
    priority: IncidentRecord['priority']
    started_at: string
    acknowledged_at: string | null
    resolved_at: string | null
  }[]
}

interface SaidRow {
  has_any: boolean
  count: number
  sum: number
}

interface DeployedRow {
  is_connected: boolean
  succeeded: number
  failed: number
}

/** Reads the figures of a span in the name of `client`. */
export async function readReportFigures(
  client: Client,
  projectId: string,
  { from, until }: ReportSpan,
  timeZone: string,
): Promise<ReportFigures> {
  const span = { p_project_id: projectId, p_from: toIso(from), p_until: toIso(until) }
  const [figures, deployed, said] = await Promise.all([
    call(client, 'read_report_figures', { ...span, p_time_zone: timeZone }),
    call(client, 'read_deployment_figures', span),
    call(client, 'read_report_satisfaction', span),
  ])
  const row = figures as FiguresRow
  const { is_connected: isConnected, succeeded, failed } = deployed as DeployedRow
  const { has_any: hasAny, count, sum } = said as SaidRow
  return {
    monitors: row.monitors.map((monitor) => ({ key: monitor.key, name: monitor.name, ...toSpan(monitor) })),
    days: row.days.map((day) => ({ at: fromIso(day.at), ...toSpan(day) })),
    incidents: row.incidents.map((incident) => ({
      number: incident.number,
      title: incident.title,
      priority: incident.priority,
      startedAt: fromIso(incident.started_at),
      acknowledgedAt: toInstant(incident.acknowledged_at),
      resolvedAt: toInstant(incident.resolved_at),
    })),
    deployments: isConnected ? { succeeded, failed } : null,
    satisfaction: hasAny ? { count, sum } : null,
  }
}

function toSpan({
  up,
  degraded,
  down,
  unknown,
  maintenance,
  count,
  sum_ms,
  min_ms,
  max_ms,
  keys,
  counts,
}: SpanRow): SpanFigures {
  return {
    counts: { up, degraded, down, unknown, ...(maintenance === 0 ? {} : { maintenance }) },
    latencyCount: count,
    latencySumMs: sum_ms,
    latencyMinMs: min_ms,
    latencyMaxMs: max_ms,
    histogram: { keys, counts },
  }
}

/** A stored report, or null when it was never composed or a version wrote it that this program does not know. */
export function toReport(data: unknown): WeeklyReport | null {
  const report = data as Partial<WeeklyReport> | null
  return report?.version === 1 ? (report as WeeklyReport) : null
}
