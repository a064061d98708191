import type { ExposedSample } from '../../../domain/probe/exposition.ts'
import type { HistogramSample } from '../../../domain/series/sample.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { addBuckets } from '../explicit-buckets.ts'
import { type KeyCounts, toHistogram } from '../histogram-key.ts'
import { MAGNITUDE_MAX } from '../limits.ts'
import { readValue } from './numbers.ts'

export type HistogramReading = { ok: true; sample: HistogramSample } | { ok: false; message: string }

/**
 * One histogram from the samples of its labels and moment. Its buckets count what lies below them as well; what the store keeps are those
 * between two bounds. `message` is the end of a sentence that begins with the histogram.
 */
export function readHistogram(name: string, samples: readonly ExposedSample[], at: Instant): HistogramReading {
  const numberOf = (ending: string) => samples.find((sample) => sample.name === `${name}${ending}`)?.value ?? null
  const buckets = samples
    .filter((sample) => sample.name === `${name}_bucket`)
    .map(({ labels, value }) => ({ bound: readValue(labels.find(([label]) => label === 'le')?.[1] ?? ''), value }))
    .sort((one, other) => (one.bound ?? 0) - (other.bound ?? 0))
  const last = buckets.at(-1)
  if (last?.bound !== Number.POSITIVE_INFINITY) return { ok: false, message: 'has no bucket with le="+Inf"' }
  const bounds: number[] = []
  for (const { bound } of buckets.slice(0, -1)) {
    if (bound === null || !(Math.abs(bound) <= MAGNITUDE_MAX)) {
      return { ok: false, message: 'has a bucket whose label le is no finite number' }
    }
    bounds.push(bound)
  }
  const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0))
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    return { ok: false, message: 'has buckets that do not count upwards in whole numbers' }
  }
  if (bounds.some((bound, index) => bound < 0 && (counts[index] ?? 0) > 0)) {
    return { ok: false, message: 'has values below zero, for which there is no bucket here' }
  }
  const keys: KeyCounts = new Map()
  addBuckets(keys, { bucketCounts: counts, explicitBounds: bounds }, { min: null, max: null })
  const sum = numberOf('_sum')
  return {
    ok: true,
    sample: {
      at,
      startAt: startOf(numberOf('_created'), at),
      count: last.value,
      sum: sum !== null && Math.abs(sum) <= MAGNITUDE_MAX ? sum : null,
      min: null,
      max: null,
      histogram: toHistogram(keys),
    },
  }
}

/** `_created` in ms; null when there is none, or one that is not before the sample. */
export function startOf(createdSeconds: number | null, at: Instant): Instant | null {
  if (createdSeconds === null || !(createdSeconds > 0)) return null
  const startAt = createdSeconds * 1_000
  return startAt <= at ? startAt : null
}
