/**
 * A base-2 exponential histogram of scale 6, as OTLP's `exponentialHistogram` and Prometheus's native histograms define it:
 * bucket k counts the values in (2^(k/64), 2^((k+1)/64)]. Keys ascend and have no duplicates; `counts` runs beside them.
 * The database computes the keys, because the edges of buckets differ between engines in the last bit of a logarithm.
 */
export interface Histogram {
  keys: readonly number[]
  counts: readonly number[]
}

/** A histogram that answers by rank without being listed: what slides over a month is asked for one bucket at a time. */
export interface RankedHistogram extends Histogram {
  readonly total: number
  /** Key of the bucket that holds the value of a rank from 1 to `total`, in ascending order. */
  keyAtRank(rank: number): number
  /** How many values are in the bucket of this key and in those below it. */
  countUpTo(key: number): number
}

export function isRanked(histogram: Histogram): histogram is RankedHistogram {
  return 'keyAtRank' in histogram
}

/** Values of zero have no logarithm: they are counted under this key. */
export const ZERO_KEY = -32768
const BUCKETS_PER_DOUBLING = 64

export const EMPTY_HISTOGRAM: Histogram = { keys: [], counts: [] }

/** Adds histograms up. Exact, in any order and grouping: the reason why rollups keep histograms and not percentiles. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const sums = new Map<number, number>()
  for (const { keys, counts } of histograms) {
    for (const [index, key] of keys.entries()) sums.set(key, (sums.get(key) ?? 0) + (counts[index] ?? 0))
  }
  const keys = [...sums.keys()].sort((one, other) => one - other)
  return { keys, counts: keys.map((key) => sums.get(key) ?? 0) }
}

/** How many values a histogram holds. */
export function countOf(histogram: Histogram): number {
  return isRanked(histogram) ? histogram.total : histogram.counts.reduce((sum, count) => sum + count, 0)
}

/**
 * The value of rank ⌈q·n⌉ among n values in ascending order, which is what Postgres's `percentile_disc` answers for the values
 * themselves; null when there are none. Off by at most 0.55 %, and never outside of the smallest and the largest value, which are
 * known exactly. `q` is from 0 to 1.
 */
export function quantile(
  histogram: Histogram,
  q: number,
  { minMs, maxMs }: { minMs: number | null; maxMs: number | null },
): number | null {
  const count = countOf(histogram)
  if (count === 0) return null
  const rank = Math.max(1, Math.ceil(q * count))
  const estimate = midpointOf(isRanked(histogram) ? histogram.keyAtRank(rank) : keyAtRank(histogram, rank))
  return Math.min(Math.max(estimate, minMs ?? 0), maxMs ?? Number.POSITIVE_INFINITY)
}

function keyAtRank({ keys, counts }: Histogram, rank: number): number {
  let passed = 0
  const index = counts.findIndex((bucket) => {
    passed += bucket
    return passed >= rank
  })
  return keys[index] ?? ZERO_KEY
}

/**
 * The value that is at most (γ − 1) / (γ + 1) = 0.542 % away from everything in its bucket, with γ = 2^(1/64): the harmonic mean of
 * the edges, as DDSketch (Masson, Rim and Lee, VLDB 2019) chooses it. The geometric mean would be off by 0.543 % at the lower edge.
 */
function midpointOf(key: number): number {
  if (key === ZERO_KEY) return 0
  const low = 2 ** (key / BUCKETS_PER_DOUBLING)
  const high = 2 ** ((key + 1) / BUCKETS_PER_DOUBLING)
  return (2 * low * high) / (low + high)
}
