import { type Instant, MINUTE, SECOND } from '../domain/time/instant.ts'
import type { IncidentAlert, ResultPoint } from '../ports/incident-reader.ts'

/** One answer around the start of an incident. `ms` is null where there was none worth drawing: it was down. */
export interface IncidentChartPoint {
  at: Instant
  ms: number | null
  state: 'up' | 'degraded' | 'down'
}

export interface IncidentChart {
  monitorName: string
  from: Instant
  until: Instant
  /** Length of one slot. */
  stepMs: number
  points: IncidentChartPoint[]
  /** Median before the failure; null when nothing was measured before. */
  usualMs: number | null
  /** The slowest answer of the window that was not down. */
  slowestMs: number | null
}

/** At least this many slots are shown before and after the start; ten minutes where slots are short. */
const SLOTS_AROUND = 15
const LEAST_AROUND_MS = 10 * MINUTE

/** The window of the chart: as long before the start as after it, not beyond the end of the failure by more than a few slots, nor the present. */
export function chartWindow(
  alert: Pick<IncidentAlert, 'startedAt' | 'resolvedAt' | 'monitor'>,
  resolvedAt: Instant | null,
  now: Instant,
): { from: Instant; until: Instant } {
  const stepMs = alert.monitor.intervalSeconds * SECOND
  const around = Math.max(SLOTS_AROUND * stepMs, LEAST_AROUND_MS)
  const endedAt = alert.resolvedAt ?? resolvedAt ?? now
  const until = Math.min(
    alert.startedAt + 2 * around,
    Math.max(endedAt + around / 3, alert.startedAt + 3 * stepMs),
    now,
  )
  return { from: alert.startedAt - around, until: Math.max(until, alert.startedAt + 3 * stepMs) }
}

/** Null when there is nothing to draw: the raw results of that time were dropped after their retention. */
export function toIncidentChart(
  results: readonly ResultPoint[],
  alert: Pick<IncidentAlert, 'startedAt' | 'monitor'>,
  window: { from: Instant; until: Instant },
): IncidentChart | null {
  if (results.length < 2) return null
  const stepMs = alert.monitor.intervalSeconds * SECOND
  const points = results.map(({ at, verdict, latencyMs }) => ({
    at,
    ms: verdict === 'down' ? null : latencyMs,
    state: verdict,
  }))
  const before = points.flatMap(({ at, ms }) => (at < alert.startedAt && ms !== null ? [ms] : []))
  const measured = points.flatMap(({ ms }) => (ms === null ? [] : [ms]))
  return {
    monitorName: alert.monitor.name,
    // Time before the first result says nothing; a gap after it does.
    from: Math.max(window.from, points[0]?.at ?? window.from),
    until: window.until,
    stepMs,
    points,
    usualMs: medianOf(before),
    slowestMs: measured.length === 0 ? null : Math.max(...measured),
  }
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? null
}
