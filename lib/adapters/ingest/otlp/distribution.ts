import type { HistogramSample, Temporality } from '../../../domain/series/sample.ts'
import { type Fault, isMeasure, NO_MEASURE, NO_TIME, readTimes } from './sample-facts.ts'
import type { ExponentialPoint, HistogramPoint } from './schema.ts'

export type Distribution = Omit<HistogramSample, 'histogram'>

/** More than this a number does not count exactly. */
const COUNT_MAX = Number.MAX_SAFE_INTEGER

/**
 * What both kinds of histograms say besides their buckets. A total's least and greatest value are of all time since its sender started,
 * and say nothing about what came since the last point: they are left out.
 */
export function readDistribution(
  point: HistogramPoint | ExponentialPoint,
  temporality: Temporality,
): { ok: true; value: Distribution } | { ok: false; fault: Fault } {
  const times = readTimes(point)
  if (times === null) return { ok: false, fault: NO_TIME }
  const count = point.count ?? 0
  if (count > COUNT_MAX) return refuse('count', `must be at most ${COUNT_MAX}`)
  for (const field of ['sum', 'min', 'max'] as const) {
    const value = point[field]
    if (value !== null && value !== undefined && !isMeasure(value)) return refuse(field, NO_MEASURE)
  }
  if (count > 0 && (point.min ?? 0) < 0)
    return refuse('min', 'must not be negative: values below zero have no bucket here')
  const isDelta = temporality === 'delta'
  const min = isDelta && count > 0 ? (point.min ?? null) : null
  const max = isDelta && count > 0 ? (point.max ?? null) : null
  if (min !== null && max !== null && max < min) return refuse('max', 'must not be less than min')
  return { ok: true, value: { ...times, count, sum: point.sum ?? null, min, max } }
}

/** A sender whose buckets do not add up has sent something else than it thinks. */
export function findCountFault(field: string, total: number, count: number): Fault | null {
  return total === count ? null : { field, message: `must add up to count, which is ${count}, and add up to ${total}` }
}

function refuse(field: string, message: string): { ok: false; fault: Fault } {
  return { ok: false, fault: { field, message } }
}
