import { type RankedHistogram, ZERO_KEY } from '../series/histogram.ts'
import type { StoredBuckets } from './stored-columns.ts'

/** The histogram of a window that slides: what it answers is as of the last entry that was put in or taken out. */
export interface SlidingBuckets extends RankedHistogram {
  put(index: number): void
  take(index: number): void
}

/**
 * A place for each key from the lowest to the highest that is stored, so that adding needs no search and reading no sorting. Counts are whole
 * numbers: taking out leaves exactly what putting in would have made of the rest.
 */
export function createSlidingBuckets({ offsets, keys, counts, lowest, highest }: StoredBuckets): SlidingBuckets {
  const held = new Float64Array(Math.max(0, highest - lowest + 1))
  // They lie far below everything else.
  let zeros = 0
  let total = 0
  let listed: { keys: number[]; counts: number[] } | null = null

  function change(index: number, sign: 1 | -1): void {
    listed = null
    const end = offsets[index + 1] ?? 0
    for (let entry = offsets[index] ?? 0; entry < end; entry += 1) {
      const key = keys[entry] ?? ZERO_KEY
      const count = sign * (counts[entry] ?? 0)
      total += count
      if (key === ZERO_KEY) zeros += count
      else held[key - lowest] = (held[key - lowest] ?? 0) + count
    }
  }

  function list(): { keys: number[]; counts: number[] } {
    if (listed !== null) return listed
    listed = { keys: [], counts: [] }
    for (let place = -1; place < held.length; place += 1) {
      const count = place < 0 ? zeros : (held[place] ?? 0)
      if (count === 0) continue
      listed.keys.push(place < 0 ? ZERO_KEY : place + lowest)
      listed.counts.push(count)
    }
    return listed
  }

  return {
    put: (index) => change(index, 1),
    take: (index) => change(index, -1),
    get keys() {
      return list().keys
    },
    get counts() {
      return list().counts
    },
    get total() {
      return total
    },
    keyAtRank(rank) {
      let passed = zeros
      if (passed >= rank) return ZERO_KEY
      for (let place = 0; place < held.length; place += 1) {
        passed += held[place] ?? 0
        if (passed >= rank) return place + lowest
      }
      return ZERO_KEY
    },
    countUpTo(key) {
      const end = Math.min(key - lowest + 1, held.length)
      let passed = key >= ZERO_KEY ? zeros : 0
      for (let place = 0; place < end; place += 1) passed += held[place] ?? 0
      return passed
    },
  }
}
