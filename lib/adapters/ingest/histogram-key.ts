import { type Histogram, ZERO_KEY } from '../../domain/series/histogram.ts'

export const BUCKETS_PER_DOUBLING = 64
/** Keys are 16-bit in the database, and `ZERO_KEY` is the lowest. 2^-511 and 2^511: nothing that is measured lies beyond. */
export const KEY_MIN = -511 * BUCKETS_PER_DOUBLING
export const KEY_MAX = 511 * BUCKETS_PER_DOUBLING - 1

/** Counts by key, while a histogram is put together. */
export type KeyCounts = Map<number, number>

export function addCount(counts: KeyCounts, key: number, count: number): void {
  if (count === 0) return
  const bounded = key === ZERO_KEY ? key : Math.min(Math.max(key, KEY_MIN), KEY_MAX)
  counts.set(bounded, (counts.get(bounded) ?? 0) + count)
}

export function toHistogram(counts: KeyCounts): Histogram {
  const keys = [...counts.keys()].sort((one, other) => one - other)
  return { keys, counts: keys.map((key) => counts.get(key) ?? 0) }
}

/** The key of scale 6 that holds a value above zero: k with 2^(k/64) < value ≤ 2^((k+1)/64). */
export function keyOf(value: number): number {
  if (value <= 0) return ZERO_KEY
  return Math.min(Math.max(Math.ceil(Math.log2(value) * BUCKETS_PER_DOUBLING) - 1, KEY_MIN), KEY_MAX)
}
