import type { Instant } from '../time/instant.ts'

/** Types of metrics in OpenMetrics 1.0; what the older text format calls `untyped` is `unknown`. */
export const METRIC_TYPES = [
  'unknown',
  'gauge',
  'counter',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
] as const
export type MetricType = (typeof METRIC_TYPES)[number]

export interface ExposedSample {
  /** With its suffix: `http_requests_total`, `http_request_duration_seconds_bucket`. */
  name: string
  /** In the order of the text. */
  labels: readonly (readonly [name: string, value: string])[]
  /** May be NaN and infinite. */
  value: number
  /** When it was measured, if it says so. */
  at: Instant | null
}

/** Samples that belong together: `http_request_duration_seconds` with its buckets, its sum and its count. */
export interface MetricFamily {
  name: string
  type: MetricType
  samples: readonly ExposedSample[]
}

/** What a `/metrics` address says, in the order of its text. */
export interface Exposition {
  families: readonly MetricFamily[]
}
