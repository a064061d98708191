import { ZERO_KEY } from '../../domain/series/histogram.ts'
import { addCount, type KeyCounts, keyOf } from './histogram-key.ts'
import { spread } from './spread.ts'

/** Counts between ascending bounds; one more than there are bounds, the last for what lies above all of them. */
export interface ExplicitBuckets {
  bucketCounts: readonly number[]
  explicitBounds: readonly number[]
}

/** Adds the counts of explicit buckets by keys of scale 6, spread evenly over each bucket. `min` and `max` bound the outermost ones. */
export function addBuckets(
  counts: KeyCounts,
  { bucketCounts, explicitBounds }: ExplicitBuckets,
  { min, max }: { min: number | null; max: number | null },
): void {
  for (const [index, count] of bucketCounts.entries()) {
    if (count === 0) continue
    const below = explicitBounds[index - 1] ?? 0
    const above = explicitBounds[index] ?? null
    const low = Math.max(below, 0, min ?? 0)
    const high = Math.min(above ?? max ?? below, max ?? Number.POSITIVE_INFINITY)
    if (above !== null && above === 0) addCount(counts, ZERO_KEY, count)
    else if (high > low) spreadBetween(counts, count, low, high)
    // Nothing but its lower end is known of the last bucket, or all its values are one.
    else addCount(counts, above === null && max === null ? keyOf(below) + 1 : keyOf(high), count)
  }
}

/** Zero has a key of its own, which a spread from zero upwards does not reach. */
export function spreadBetween(counts: KeyCounts, count: number, low: number, high: number): void {
  if (high <= 0) addCount(counts, ZERO_KEY, count)
  else spread(counts, count, low, high)
}
