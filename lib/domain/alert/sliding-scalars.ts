import type { Figures } from '../series/figures.ts'
import type { StoredColumns } from './stored-columns.ts'

type Scalars = Pick<Figures, 'count' | 'sum' | 'min' | 'max' | 'last'>

export interface SlidingScalars {
  /** Empty, before the entry at `first`. */
  restart(first: number): void
  /** The next entry. */
  enter(index: number): void
  /** The oldest one. */
  leave(): void
  /** Of at least one entry. */
  read(): Scalars
}

/**
 * Figures of the entries of a window but for their histogram, in two stacks: sums of what is to leave, from each entry on, and the sum of
 * what came since. Nothing is ever subtracted from a sum of floating point numbers.
 */
export function createSlidingScalars(stored: StoredColumns): SlidingScalars {
  let entered = nothing()
  let leaving = [stackOf(64), stackOf(64), stackOf(64), stackOf(64), stackOf(64)] as const
  let first = 0
  let base = 0
  let split = 0
  let end = 0

  /** What has entered becomes what is to leave. */
  function turnOver(): void {
    const length = end - first
    if (length > leaving[0].length) {
      const size = 2 * length
      leaving = [stackOf(size), stackOf(size), stackOf(size), stackOf(size), stackOf(size)]
    }
    const [counts, sums, mins, maxs, lasts] = leaving
    let below = nothing()
    for (let index = end - 1; index >= first; index -= 1) {
      below = addTo(below, stored, index, true)
      const place = index - first
      counts[place] = below.count
      sums[place] = below.sum
      mins[place] = below.min
      maxs[place] = below.max
      lasts[place] = below.last
    }
    base = first
    split = end
    entered = nothing()
  }

  return {
    restart(at) {
      first = at
      split = at
      end = at
      entered = nothing()
    },
    enter(index) {
      entered = addTo(entered, stored, index, false)
      end = index + 1
    },
    leave() {
      if (first >= split) turnOver()
      first += 1
    },
    read() {
      if (first >= split) return toScalars(entered.count, entered.sum, entered.min, entered.max, entered.last)
      const place = first - base
      const [counts, sums, mins, maxs, lasts] = leaving
      const last = Number.isNaN(entered.last) ? (lasts[place] ?? Number.NaN) : entered.last
      return toScalars(
        (counts[place] ?? 0) + entered.count,
        (sums[place] ?? 0) + entered.sum,
        least(mins[place] ?? Number.NaN, entered.min),
        most(maxs[place] ?? Number.NaN, entered.max),
        last,
      )
    },
  }
}

function stackOf(size: number): Float64Array {
  return new Float64Array(size)
}

interface Sum {
  count: number
  sum: number
  /** NaN where none is known. */
  min: number
  max: number
  last: number
}

function nothing(): Sum {
  return { count: 0, sum: 0, min: Number.NaN, max: Number.NaN, last: Number.NaN }
}

/** Adds an entry in place; `isEarlier` than what is in the sum, so that its last value only counts where there is none. */
function addTo(sum: Sum, stored: StoredColumns, index: number, isEarlier: boolean): Sum {
  const last = stored.last[index] ?? Number.NaN
  sum.count += stored.count[index] ?? 0
  sum.sum += stored.sum[index] ?? 0
  sum.min = least(sum.min, stored.min[index] ?? Number.NaN)
  sum.max = most(sum.max, stored.max[index] ?? Number.NaN)
  if (!Number.isNaN(last) && (!isEarlier || Number.isNaN(sum.last))) sum.last = last
  return sum
}

function least(one: number, other: number): number {
  if (Number.isNaN(one)) return other
  return Number.isNaN(other) ? one : Math.min(one, other)
}

function most(one: number, other: number): number {
  if (Number.isNaN(one)) return other
  return Number.isNaN(other) ? one : Math.max(one, other)
}

function toScalars(count: number, sum: number, min: number, max: number, last: number): Scalars {
  return { count, sum, min: known(min), max: known(max), last: known(last) }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
