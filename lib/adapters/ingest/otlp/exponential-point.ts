import { ZERO_KEY } from '../../../domain/series/histogram.ts'
import type { HistogramSample, Temporality } from '../../../domain/series/sample.ts'
import { addCount, type KeyCounts, toHistogram } from '../histogram-key.ts'
import { spread } from '../spread.ts'
import { findCountFault, readDistribution } from './distribution.ts'
import type { SampleReading } from './sample-facts.ts'
import type { ExponentialPoint } from './schema.ts'

/** The scale of everything that is stored. */
const SCALE = 6
/** What OpenTelemetry's SDKs choose from. */
const SCALE_MIN = -10
const SCALE_MAX = 20

/**
 * An exponential histogram, brought to scale 6. Finer scales are exact: each bucket lies within one of ours whole, which is its index
 * shifted to the right. A coarser bucket is spread evenly in value over those that it covers, which is off by its width at most: 1.1 % at
 * scale 5, 100 % at scale 0.
 */
export function readExponentialPoint(
  point: ExponentialPoint,
  temporality: Temporality,
): SampleReading<HistogramSample> {
  const read = readDistribution(point, temporality)
  if (!read.ok) return read
  const scale = point.scale ?? 0
  if (scale < SCALE_MIN || scale > SCALE_MAX) {
    return { ok: false, fault: { field: 'scale', message: `must be from ${SCALE_MIN} to ${SCALE_MAX}` } }
  }
  const { positive, negative } = point
  if (negative.bucketCounts.some((count) => count > 0)) {
    const message = 'must be empty: values below zero have no bucket here'
    return { ok: false, fault: { field: 'negative.bucketCounts', message } }
  }
  const zeroCount = point.zeroCount ?? 0
  const total = positive.bucketCounts.reduce((sum, count) => sum + count, zeroCount)
  const fault = findCountFault('positive.bucketCounts and zeroCount', total, read.value.count)
  if (fault !== null) return { ok: false, fault }
  const counts: KeyCounts = new Map()
  addCount(counts, ZERO_KEY, zeroCount)
  for (const [position, count] of positive.bucketCounts.entries()) {
    addBucket(counts, positive.offset + position, scale, count)
  }
  return { ok: true, sample: { ...read.value, histogram: toHistogram(counts) } }
}

function addBucket(counts: KeyCounts, index: number, scale: number, count: number): void {
  if (count === 0) return
  // Divided and not shifted: `>>` would cut an index at 32 bits.
  if (scale >= SCALE) addCount(counts, Math.floor(index / 2 ** (scale - SCALE)), count)
  else spread(counts, count, 2 ** (index * 2 ** -scale), 2 ** ((index + 1) * 2 ** -scale))
}
