import type { Priority } from '../../domain/monitor/severity.ts'
import type { ChannelKind } from '../../domain/notification/channel.ts'
import type { Evidence } from '../../domain/notification/message.ts'
import type { Phases, ProbeOutcome, Verdict } from '../../domain/probe/outcome.ts'
import type { Counts } from '../../domain/rollup/uptime.ts'
import { quantile } from '../../domain/series/histogram.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type {
  HeartbeatPing,
  MonitorDetail,
  MonitorResult,
  MonitorSeries,
  SeriesPoint,
} from '../../ports/monitor-reader.ts'
import { type HistogramRow, toDistribution } from './monitor-list-rows.ts'
import type { ResultRow } from './read-results.ts'
import { type MonitorRow, toInstant, toMonitor } from './rows.ts'

/** What the page of one monitor reads, and how it becomes values. */

export interface DetailRow {
  now: string
  monitor: MonitorRow
  has_secret: boolean
  managed_by: string | null
  created_at: string
  ping_key: string
  state: {
    state: 'pending' | Verdict
    since_at: string
    last_result_at: string | null
    last_result: ProbeOutcome | null
    flapping: boolean
    next_due_at: string | null
    certificate_expires_at: string | null
    last_ping_at: string | null
  }
  channels: { id: string; key: string; name: string; kind: ChannelKind; enabled: boolean }[]
  open_incident: {
    number: number
    title: string
    status: 'triggered' | 'acknowledged'
    priority: Priority
    started_at: string
  } | null
}

export function toDetail(row: DetailRow): MonitorDetail {
  const { state, open_incident: open } = row
  return {
    now: fromIso(row.now),
    monitor: toMonitor(row.monitor),
    hasSecret: row.has_secret,
    isManagedByFile: row.managed_by === 'file',
    createdAt: fromIso(row.created_at),
    pingKey: row.ping_key,
    storedState: state.state,
    sinceAt: fromIso(state.since_at),
    lastResultAt: toInstant(state.last_result_at),
    lastOutcome: state.last_result,
    isFlapping: state.flapping,
    nextDueAt: toInstant(state.next_due_at),
    certificateExpiresAt: toInstant(state.certificate_expires_at),
    lastPingAt: toInstant(state.last_ping_at),
    channels: row.channels,
    openIncident: open && {
      number: open.number,
      title: open.title,
      status: open.status,
      priority: open.priority,
      startedAt: fromIso(open.started_at),
    },
  }
}

export interface SeriesRow {
  now: string
  from: string
  points: (Counts &
    Partial<HistogramRow> & {
      at: string
      blips?: number
      p50: number | null
      p95: number | null
      phases: (number | null)[] | null
    })[]
  histogram: HistogramRow | null
  gaps: { from: string; until: string; slots: number }[]
  alerts: {
    id: string
    kind: 'down' | 'degraded'
    reason: string
    evidence: Evidence[]
    started_at: string
    resolved_at: string | null
    incident_number: number | null
    priority: Priority | null
    muted_reason: string | null
    unmuted_at: string | null
  }[]
  maintenance: { name: string; from: string; until: string }[]
}

export function toSeries(row: SeriesRow): MonitorSeries {
  return {
    now: fromIso(row.now),
    fromAt: fromIso(row.from),
    points: row.points.map(toPoint),
    latency: toDistribution(row.histogram),
    gaps: row.gaps.map(({ from, until, slots }) => ({ fromAt: fromIso(from), untilAt: fromIso(until), slots })),
    maintenance: row.maintenance.map(({ name, from, until }) => ({
      name,
      fromAt: fromIso(from),
      untilAt: fromIso(until),
    })),
    alerts: row.alerts.map((alert) => ({
      id: alert.id,
      kind: alert.kind,
      reason: alert.reason,
      evidence: alert.evidence,
      startedAt: fromIso(alert.started_at),
      resolvedAt: toInstant(alert.resolved_at),
      mutedReason: alert.muted_reason,
      unmutedAt: toInstant(alert.unmuted_at),
      incident:
        alert.incident_number === null || alert.priority === null
          ? null
          : { number: alert.incident_number, priority: alert.priority },
    })),
  }
}

/** Days keep no percentiles of their own: they come from the day's histogram. */
function toPoint(row: SeriesRow['points'][number]): SeriesPoint {
  const day = toDistribution({
    keys: row.keys ?? null,
    counts: row.counts ?? null,
    min_ms: row.min_ms ?? null,
    max_ms: row.max_ms ?? null,
  })
  const from = (q: number) => (day === null ? null : quantile(day.histogram, q, day))
  return {
    at: fromIso(row.at),
    up: row.up,
    degraded: row.degraded,
    down: row.down,
    unknown: row.unknown,
    maintenance: row.maintenance,
    blips: row.blips ?? 0,
    p50Ms: row.p50 ?? from(0.5),
    p95Ms: row.p95 ?? from(0.95),
    phases: toPhases(row.phases ?? []),
  }
}

export function toResult(row: ResultRow): MonitorResult {
  return {
    slotAt: fromIso(row.slot_at),
    probedAt: fromIso(row.probed_at),
    verdict: row.verdict,
    cause: row.cause,
    statusCode: row.status_code,
    latencyMs: row.latency_ms,
    phases: toPhases(row.phases ?? []),
    message: row.message,
    attempts: row.evidence ?? [],
  }
}

const PHASES = ['dns', 'tcp', 'tls', 'ttfb', 'transfer'] as const

function toPhases(durations: readonly (number | null)[]): Phases {
  const phases: Phases = {}
  for (const [index, phase] of PHASES.entries()) {
    const ms = durations[index] ?? null
    if (ms !== null) phases[phase] = ms
  }
  return phases
}

export interface PingRow {
  id: number
  received_at: string
  kind: string
  exit_code: number | null
  duration_ms: number | null
  body_excerpt: string | null
}

export function toPing(row: PingRow): HeartbeatPing {
  return {
    id: row.id,
    receivedAt: fromIso(row.received_at),
    kind: row.kind as HeartbeatPing['kind'],
    exitCode: row.exit_code,
    durationMs: row.duration_ms,
    bodyExcerpt: row.body_excerpt,
  }
}
