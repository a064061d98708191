import type { Instant } from '../../../lib/domain/time/instant.ts'

/** What a stretch of time was, as a chart draws it. `pending` is not among them: before the first result there is no time. */
export type SeriesState = 'up' | 'degraded' | 'down' | 'unknown' | 'maintenance' | 'paused'

/** One bucket of a latency series. `at` is its start; figures are in ms, null where nothing was measured: a gap. */
export interface LatencyPoint {
  at: Instant
  p50: number | null
  p95: number | null
  state: SeriesState
}

/**
 * One bar of an uptime strip: the worst that happened in its stretch, unknown where nothing was measured, null where there was
 * nothing to measure yet.
 */
export interface StripCell {
  at: Instant
  state: SeriesState | null
}

/** A stretch of one state, half open: `[fromAt, toAt)`. */
export interface StateSpan {
  fromAt: Instant
  toAt: Instant
  state: SeriesState
}

export interface DeploymentMark {
  at: Instant
  name: string
}

/** Durations of one probe's phases in ms; a phase that was not reached is absent. */
export interface PhaseDurations {
  dns?: number | undefined
  tcp?: number | undefined
  tls?: number | undefined
  ttfb?: number | undefined
  transfer?: number | undefined
}

/** The same facts as a chart, to be read as text. */
export interface ChartTable {
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}
