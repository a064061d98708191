import { monitorTargetSchema } from '../../domain/monitor/config.ts'
import type { ShownState } from '../../domain/monitor/monitor.ts'
import type { Priority, Severity } from '../../domain/monitor/severity.ts'
import type { Evidence } from '../../domain/notification/message.ts'
import type { Counts } from '../../domain/rollup/uptime.ts'
import { fromIso, SECOND } from '../../domain/time/instant.ts'
import type { LatencyDistribution, ListedMonitor, MonitorFigures, OverviewFacts } from '../../ports/monitor-reader.ts'
import { toInstant } from './rows.ts'

/** What `read_monitor_list`, `read_monitor_figures` and `read_overview` answer, and how it becomes values. */

export interface ListRow {
  id: string
  key: string
  name: string
  kind: string
  config: unknown
  severity: Severity
  interval_seconds: number
  tags: string[]
  group_name: string
  managed_by: string | null
  shown_state: ShownState
  since_at: string
  created_at: string
  last_result_at: string | null
  last_latency_ms: number | null
  last_failure: Evidence | null
  flapping: boolean
  rank: number
}

export interface HistogramRow {
  keys: number[] | null
  counts: number[] | null
  min_ms: number | null
  max_ms: number | null
}

export interface FiguresRow {
  days30: Counts | null
  /** Start in epoch seconds, up, degraded, down, unknown, p95 in ms; maintenance where there was any. */
  hours: [number, number, number, number, number, number | null, number?][]
  histogram: HistogramRow | null
}

export interface OverviewRow {
  now: string
  states: Partial<Record<ShownState, number>>
  down_since: string | null
  open_incidents: {
    id: string
    number: number
    title: string
    priority: Priority
    status: 'triggered' | 'acknowledged'
    reason: string
    flapping: boolean
    started_at: string
    acknowledged_at: string | null
    acknowledged_by: string | null
  }[]
  dead_notifications: number
  channels: number
  has_delivered: boolean
}

export function toListedMonitor(row: ListRow): ListedMonitor {
  return {
    ...monitorTargetSchema.parse({ kind: row.kind, config: row.config }),
    id: row.id,
    key: row.key,
    name: row.name,
    severity: row.severity,
    intervalSeconds: row.interval_seconds,
    tags: row.tags,
    groupName: row.group_name,
    isManagedByFile: row.managed_by === 'file',
    state: row.shown_state,
    sinceAt: fromIso(row.since_at),
    createdAt: fromIso(row.created_at),
    lastResultAt: toInstant(row.last_result_at),
    lastLatencyMs: row.last_latency_ms,
    lastFailure: row.last_failure,
    isFlapping: row.flapping,
    rank: row.rank,
  }
}

/** Null where nothing was measured. */
export function toDistribution(row: HistogramRow | null): LatencyDistribution | null {
  if (!row?.keys?.length) return null
  return { histogram: { keys: row.keys, counts: row.counts ?? [] }, minMs: row.min_ms, maxMs: row.max_ms }
}

export function toFigures(row: FiguresRow): MonitorFigures {
  return {
    days30: row.days30 ?? { up: 0, degraded: 0, down: 0, unknown: 0 },
    hours: row.hours.map(([seconds, up, degraded, down, unknown, p95Ms, maintenance]) => ({
      at: seconds * SECOND,
      up,
      degraded,
      down,
      unknown,
      maintenance,
      p95Ms,
    })),
    latency: toDistribution(row.histogram),
  }
}

export function toOverview(row: OverviewRow): OverviewFacts {
  return {
    now: fromIso(row.now),
    states: row.states,
    downSince: toInstant(row.down_since),
    openIncidents: row.open_incidents.map((incident) => ({
      id: incident.id,
      number: incident.number,
      title: incident.title,
      priority: incident.priority,
      status: incident.status,
      reason: incident.reason,
      isFlapping: incident.flapping,
      startedAt: fromIso(incident.started_at),
      acknowledgedAt: toInstant(incident.acknowledged_at),
      acknowledgedBy: incident.acknowledged_by,
    })),
    deadNotifications: row.dead_notifications,
    channels: row.channels,
    hasDelivered: row.has_delivered,
  }
}
