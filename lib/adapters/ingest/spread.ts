import { addCount, BUCKETS_PER_DOUBLING, KEY_MIN, type KeyCounts, keyOf } from './histogram-key.ts'

/**
 * Spreads `count` values, of which no more is known than that they lie in (low, high], over the keys between: evenly in value, as
 * Prometheus's `histogram_quantile` supposes them. A quantile then lies in the bucket where the true one lies, and is off by the width of
 * that bucket at most.
 *
 * Where the n-th value goes does not depend on how many come after it (van der Corput's sequence: the middle, a quarter, three quarters,
 * an eighth …). So no key of a total ever falls while the bucket grows, and what was counted between two totals is their difference, key
 * by key. Rounding each key's share instead would let keys fall by one, which looks like a restart of the sender.
 */
export function spread(counts: KeyCounts, count: number, low: number, high: number): void {
  const first = Math.max(keyOf(low), KEY_MIN)
  const last = keyOf(high)
  if (count === 0) return
  if (high <= low || first >= last) {
    addCount(counts, last, count)
    return
  }
  if (count <= last - first) {
    for (let n = 1; n <= count; n += 1) addCount(counts, keyOf(low + radicalInverse(n) * (high - low)), 1)
    return
  }
  // From the top: below some key nothing is left, and from zero there would be no end of keys.
  let above = count
  for (let key = last; above > 0 && key > first; key -= 1) {
    const below = countBelow(count, (2 ** (key / BUCKETS_PER_DOUBLING) - low) / (high - low))
    addCount(counts, key, above - below)
    above = below
  }
  addCount(counts, first, above)
}

/** Van der Corput's sequence in base 2: the binary digits of n behind the point, in reverse. */
function radicalInverse(n: number): number {
  let result = 0
  let digit = 0.5
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result += digit
    digit /= 2
  }
  return result
}

/**
 * How many of the first `count` numbers of the sequence are at most `x`: by its binary digits, because numbers with the same first digits
 * come round at a fixed distance.
 */
function countBelow(count: number, x: number): number {
  if (x >= 1) return count
  if (x <= 0) return 0
  let total = 0
  let residue = 0
  let distance = 1
  let fraction = x
  // n runs from 0 to count; its first member, 0, is none of ours and is taken off at the end.
  while (distance <= count) {
    fraction *= 2
    if (fraction >= 1) {
      total += Math.floor((count - residue) / (distance * 2)) + (residue <= count ? 1 : 0)
      residue += distance
      fraction -= 1
    }
    distance *= 2
  }
  return total + (residue <= count ? 1 : 0) - 1
}
