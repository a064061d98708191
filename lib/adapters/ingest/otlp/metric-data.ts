import type { z } from 'zod'
import type { SeriesIdentity, Temporality } from '../../../domain/series/sample.ts'
import type { MetricPoints, metricSchema } from './schema.ts'

export type MetricHead = Pick<SeriesIdentity, 'kind' | 'temporality'>

export type MetricData =
  | {
      ok: true
      field: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram'
      head: MetricHead
      points: readonly unknown[]
    }
  | { ok: false; field: string; message: string; points: readonly unknown[] }

/** `AggregationTemporality` of opentelemetry-proto; enums are numbers in OTLP's JSON. */
const TEMPORALITIES: Partial<Record<number, Temporality>> = { 1: 'delta', 2: 'cumulative' }

/** What kind of series a metric is, and its points. A sum that may fall and is sent as a total is a gauge. */
export function readMetricData(metric: z.output<typeof metricSchema>): MetricData {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric
  if (gauge) return { ok: true, field: 'gauge', head: { kind: 'gauge', temporality: null }, points: gauge.dataPoints }
  if (sum) return readSum(sum)
  if (histogram) return withTemporality('histogram', 'histogram', histogram)
  if (exponentialHistogram) return withTemporality('exponentialHistogram', 'histogram', exponentialHistogram)
  if (summary) {
    const message = 'is not taken, because quantiles of several senders cannot be combined: send a histogram'
    return { ok: false, field: 'summary', message, points: summary.dataPoints }
  }
  const message = 'is missing, and so are sum, histogram and exponentialHistogram'
  return { ok: false, field: 'gauge', message, points: [] }
}

function readSum(sum: MetricPoints): MetricData {
  const data = withTemporality('sum', 'counter', sum)
  if (!data.ok || sum.isMonotonic === true) return data
  if (data.head.temporality === 'cumulative') return { ...data, head: { kind: 'gauge', temporality: null } }
  const message =
    'must be 2 (cumulative) for a sum that may fall: its steps alone do not say where it stands, and one that was lost would shift it for ever'
  return { ok: false, field: 'sum.aggregationTemporality', message, points: sum.dataPoints }
}

function withTemporality(
  field: 'sum' | 'histogram' | 'exponentialHistogram',
  kind: 'counter' | 'histogram',
  { aggregationTemporality, dataPoints: points }: MetricPoints,
): MetricData {
  const temporality = TEMPORALITIES[Number(typeof aggregationTemporality === 'number' ? aggregationTemporality : 0)]
  if (temporality !== undefined) return { ok: true, field, head: { kind, temporality }, points }
  const message = 'must be 1 (delta) or 2 (cumulative)'
  return { ok: false, field: `${field}.aggregationTemporality`, message, points }
}
