import type { HistogramSample, Temporality } from '../../../domain/series/sample.ts'
import { addBuckets, spreadBetween } from '../explicit-buckets.ts'
import { addCount, type KeyCounts, keyOf, toHistogram } from '../histogram-key.ts'
import { type Distribution, findCountFault, readDistribution } from './distribution.ts'
import { type Fault, isMeasure, type SampleReading } from './sample-facts.ts'
import type { HistogramPoint } from './schema.ts'

/**
 * A histogram with explicit bounds, brought to scale 6. What was counted in a bucket is spread over it evenly, so that a quantile is off
 * by the width of the sender's own bucket at most; within buckets of 0.55 % or less nothing is lost. Delta points say their least and
 * greatest value, which bound the outermost buckets; of totals what lies above the last bound is put right above it.
 */
export function readHistogramPoint(point: HistogramPoint, temporality: Temporality): SampleReading<HistogramSample> {
  const read = readDistribution(point, temporality)
  if (!read.ok) return read
  const distribution = read.value
  const fault = findFault(point, distribution.count, temporality)
  if (fault !== null) return { ok: false, fault }
  const counts: KeyCounts = new Map()
  if (point.bucketCounts.length < 2) addWithoutBounds(counts, distribution)
  else addBuckets(counts, point, distribution)
  return { ok: true, sample: { ...distribution, histogram: toHistogram(counts) } }
}

function findFault(point: HistogramPoint, count: number, temporality: Temporality): Fault | null {
  const { bucketCounts, explicitBounds } = point
  if (count > 0 && bucketCounts.length < 2 && (temporality === 'cumulative' || (point.sum ?? 0) < 0)) {
    return {
      field: 'explicitBounds',
      message: 'must not be empty: without bounds a total tells nothing about its values',
    }
  }
  if (bucketCounts.length === 0 && explicitBounds.length === 0) return null
  if (bucketCounts.length !== explicitBounds.length + 1) {
    const message = `must be one more than explicitBounds, which are ${explicitBounds.length}, and are ${bucketCounts.length}`
    return { field: 'bucketCounts', message }
  }
  const isAscending = explicitBounds.every(
    (bound, index) => index === 0 || bound > (explicitBounds[index - 1] ?? bound),
  )
  if (!isAscending || !explicitBounds.every(isMeasure)) {
    return { field: 'explicitBounds', message: 'must be finite numbers in ascending order' }
  }
  const negative = bucketCounts.findIndex((some, index) => some > 0 && (explicitBounds[index] ?? 0) < 0)
  if (negative >= 0) {
    return { field: `bucketCounts[${negative}]`, message: 'must be 0: values below zero have no bucket here' }
  }
  const total = bucketCounts.reduce((sum, some) => sum + some, 0)
  return findCountFault('bucketCounts', total, count)
}

/** One bucket for everything: between least and greatest if both are known, else around the mean. */
function addWithoutBounds(counts: KeyCounts, { count, sum, min, max }: Distribution): void {
  if (count === 0) return
  if (min !== null && max !== null) spreadBetween(counts, count, min, max)
  else addCount(counts, keyOf((sum ?? 0) / count), count)
}
