import type { Instant } from '../time/instant.ts'
import type { MetricKind } from './sample.ts'

/**
 * - `avg`, `min`, `max`, `last`: of a gauge's samples, or of the values in a histogram (`last` for gauges alone).
 * - `sum`: of the values; for a counter its increase.
 * - `count`: how many values; for a counter the same as `sum`.
 * - `rate`: increase of a counter, or number of values of a histogram, per second.
 * - `p50` … `p99`: of all values in the span, from merged histograms: at most 0.55 % off.
 */
export const AGGREGATES = [
  'avg',
  'min',
  'max',
  'last',
  'sum',
  'count',
  'rate',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
] as const
export type Aggregate = (typeof AGGREGATES)[number]

/** This very text; null for series without the attribute; or every text that begins so, as status codes of one class do. */
export type Condition = string | null | { prefix: string }

export interface SeriesQuestion {
  metric: string
  aggregate: Aggregate
  /** Only series that have all of these. */
  where: Readonly<Record<string, Condition>>
  /** One line for each combination of values of these; one line over all when empty. */
  groupBy: readonly string[]
  from: Instant
  until: Instant
  /** Width of a point; a multiple of a minute. Points start at multiples of it in UTC. */
  stepMs: number
}

export interface SeriesLine {
  /** Values of `groupBy`, in its order; empty text where a series lacks one. */
  group: readonly string[]
  /** In order of time. A span without samples has no point: gaps stay gaps. */
  points: readonly { at: Instant; value: number }[]
}

export interface SeriesAnswer {
  kind: MetricKind
  unit: string
  /** Largest first, by the mean of their points; at most twelve: more nobody can tell apart. */
  lines: readonly SeriesLine[]
  /** How many groups there are in all. */
  groupsTotal: number
}

/** One metric that a project has, for pickers. */
export interface MetricFacts {
  name: string
  kind: MetricKind
  unit: string
  seriesCount: number
  lastSeenAt: Instant
  /** Names of attributes that its series carry, the most telling (fewest values, at least two) first. */
  attributeNames: readonly string[]
}
