import type { ShownState } from '../domain/monitor/monitor.ts'
import type { Phases } from '../domain/probe/outcome.ts'
import { type Counts, NO_COUNTS, sumCounts, uptimeOf } from '../domain/rollup/uptime.ts'
import { quantile } from '../domain/series/histogram.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../domain/time/instant.ts'
import type { MonitorAlert, MonitorSeries, SeriesRange } from '../ports/monitor-reader.ts'
import { worstOf } from './hour-cells.ts'
import { lengthOf, type StateStretch, toDisjointSpans } from './state-spans.ts'

/** What is known of a monitor that decides how its silence is read. */
export interface HistorySubject {
  kind: string
  state: ShownState
  intervalSeconds: number
  createdAt: Instant
  pausedAt: Instant | null
  lastResultAt: Instant | null
}

/** A range of a monitor's past, as chart, figures and outages. */
export interface MonitorHistory {
  range: SeriesRange
  fromAt: Instant
  toAt: Instant
  /** Length of a bucket, at least the monitor's interval: results further apart than that are a gap. */
  stepMs: number
  points: { at: Instant; p50: number | null; p95: number | null; state: ReturnType<typeof worstOf> }[]
  /** Everything that was not up, disjoint. */
  spans: StateStretch[]
  counts: Counts
  uptime: number | null
  coverage: number | null
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
  /** The highest p95 of a bucket, which no average may hide. */
  peak: { at: Instant; ms: number } | null
  /** Mean of each phase over all answers. */
  phases: Phases
  downMs: number
  /** Time under maintenance, which counts for nothing. */
  maintenanceMs: number
  /** The maintenance that runs; null where none does. */
  maintenanceNow: { name: string; untilAt: Instant } | null
  outages: MonitorAlert[]
  /** Failed at first and fine when looked at again; known for 24h alone. */
  blips: number
}

const BUCKET_MS: Record<SeriesRange, number> = { '24h': 5 * MINUTE, '7d': HOUR, '30d': HOUR, '90d': DAY }

const SHORTEST_RANGE_MS = HOUR

/** Turns what was stored of a range into what its page shows. */
export function toHistory(series: MonitorSeries, range: SeriesRange, subject: HistorySubject): MonitorHistory {
  const { now } = series
  // A young monitor fills its chart from the day that it was made: there was nothing to see before.
  const fromAt = Math.max(series.fromAt, Math.min(subject.createdAt, now - SHORTEST_RANGE_MS))
  const spans = toDisjointSpans(stretchesOf(series, subject), { fromAt, toAt: now })
  const counts = countSlots(series, range, subject)
  const latency = subject.kind === 'heartbeat' ? null : series.latency
  const at = (q: number) => (latency === null ? null : quantile(latency.histogram, q, latency))
  const peak = series.points.reduce<MonitorSeries['points'][number] | null>(
    (best, point) => ((point.p95Ms ?? -1) > (best?.p95Ms ?? -1) ? point : best),
    null,
  )
  return {
    range,
    fromAt,
    toAt: now,
    stepMs: Math.max(BUCKET_MS[range], subject.intervalSeconds * SECOND),
    points: series.points.map((point) => ({
      at: point.at,
      p50: point.p50Ms,
      p95: point.p95Ms,
      state: worstOf(point),
    })),
    spans,
    counts,
    ...uptimeOf(counts),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    peak: peak?.p95Ms == null ? null : { at: peak.at, ms: peak.p95Ms },
    phases: meanPhases(series),
    downMs: lengthOf(spans, 'down'),
    maintenanceMs: lengthOf(spans, 'maintenance'),
    maintenanceNow: series.maintenance.find((one) => one.fromAt <= now && one.untilAt > now) ?? null,
    outages: series.alerts,
    blips: series.points.reduce((sum, point) => sum + point.blips, 0),
  }
}

function stretchesOf({ alerts, gaps, maintenance, now }: MonitorSeries, subject: HistorySubject): StateStretch[] {
  const stretches: StateStretch[] = [
    ...alerts.map(({ kind, startedAt, resolvedAt }) => ({ state: kind, fromAt: startedAt, toAt: resolvedAt ?? now })),
    ...gaps.map(({ fromAt, untilAt }) => ({ state: 'unknown' as const, fromAt, toAt: untilAt })),
    ...maintenance.map(({ fromAt, untilAt }) => ({ state: 'maintenance' as const, fromAt, toAt: untilAt })),
  ]
  if (subject.pausedAt !== null) stretches.push({ state: 'paused', fromAt: subject.pausedAt, toAt: now })
  const silence = silenceOf(subject, now)
  if (silence !== null) stretches.push({ state: 'unknown', fromAt: silence.fromAt, toAt: now })
  return stretches
}

/** A silence that goes on is not a stored gap yet: that is written with the result that ends it. */
function silenceOf(subject: HistorySubject, now: Instant): { fromAt: Instant; slots: number } | null {
  if (subject.state !== 'unknown' || subject.lastResultAt === null) return null
  const fromAt = subject.lastResultAt + subject.intervalSeconds * SECOND
  return { fromAt, slots: Math.max(0, Math.floor((now - fromAt) / (subject.intervalSeconds * SECOND))) }
}

/** Rollups hold their unknown slots; the last day is read from raw results, which hold none. */
function countSlots(series: MonitorSeries, range: SeriesRange, subject: HistorySubject): Counts {
  const counts = series.points.length === 0 ? NO_COUNTS : sumCounts(series.points)
  const missed = range === '24h' ? series.gaps.reduce((sum, gap) => sum + slotsWithin(gap, series), 0) : 0
  const silent = silenceOf(subject, series.now)?.slots ?? 0
  return { ...counts, unknown: counts.unknown + missed + silent }
}

function slotsWithin(gap: MonitorSeries['gaps'][number], { fromAt, now }: MonitorSeries): number {
  const inside = Math.min(gap.untilAt, now) - Math.max(gap.fromAt, fromAt)
  const whole = gap.untilAt - gap.fromAt
  return whole <= 0 || inside <= 0 ? 0 : Math.round((gap.slots * inside) / whole)
}

const PHASES = ['dns', 'tcp', 'tls', 'ttfb', 'transfer'] as const

function meanPhases({ points }: MonitorSeries): Phases {
  const means: Phases = {}
  for (const phase of PHASES) {
    let sum = 0
    let weight = 0
    for (const point of points) {
      const ms = point.phases[phase]
      const answers = point.up + point.degraded
      if (ms === undefined || answers === 0) continue
      sum += ms * answers
      weight += answers
    }
    if (weight > 0) means[phase] = sum / weight
  }
  return means
}
