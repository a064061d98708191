import type { Instant } from '../time/instant.ts'
import type { Histogram } from './histogram.ts'

/**
 * - `gauge`: a value at a moment. A sum that may fall and is reported as a total (OpenTelemetry's UpDownCounter) is one, too.
 * - `counter`: something that is counted; what matters is how much it grew in a span.
 * - `histogram`: many values at once, as counts by bucket.
 */
export type MetricKind = 'gauge' | 'counter' | 'histogram'

/**
 * Whether a counter or a histogram reports what came since its last sample (`delta`) or since its sender started (`cumulative`, whose
 * increase is found between two samples; a fall or a new `startAt` is a restart). Gauges have none.
 */
export type Temporality = 'delta' | 'cumulative'

/** Names and values, both text: `{ 'http.route': '/checkout' }`. Numbers and booleans are written as text, lists and maps as JSON. */
export type Attributes = Readonly<Record<string, string>>

/** What makes a series one: two samples that agree in all of this belong to the same one. */
export interface SeriesIdentity {
  /** An OpenTelemetry name where there is one: `http.server.request.duration`. */
  name: string
  kind: MetricKind
  temporality: Temporality | null
  /** A UCUM unit, as OpenTelemetry writes them: `s`, `By`, `1`, `{request}`; empty when unknown. */
  unit: string
  /** `production`, `staging` …: decides how long samples are kept. */
  environment: string
  /** Of the resource and of the data point in one; the point's win. */
  attributes: Attributes
}

export interface ScalarSample {
  at: Instant
  /** When the sender of a cumulative counter began to count; null when it did not say. */
  startAt: Instant | null
  value: number
}

export interface HistogramSample {
  at: Instant
  startAt: Instant | null
  count: number
  sum: number | null
  min: number | null
  max: number | null
  /** Scale 6, whatever was sent. Values below zero are refused: nothing that is measured here can be negative. */
  histogram: Histogram
}

/** The samples of one series in one request. */
export type SeriesSamples =
  | { series: SeriesIdentity & { kind: 'gauge' | 'counter' }; samples: readonly ScalarSample[] }
  | { series: SeriesIdentity & { kind: 'histogram' }; samples: readonly HistogramSample[] }
