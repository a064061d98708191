import type { Figures } from '../series/figures.ts'
import { EMPTY_HISTOGRAM } from '../series/histogram.ts'
import type { Instant } from '../time/instant.ts'
import { createSlidingBuckets } from './sliding-buckets.ts'
import { createSlidingScalars } from './sliding-scalars.ts'
import type { StoredColumns } from './stored-columns.ts'

/**
 * The figures of `from <= at < until`; null without any sample. Cheap while both only move forward. Their histogram is that of the window as it
 * stands: good until the next call.
 */
export type WindowOf = (from: Instant, until: Instant) => Figures | null

/** A window that slides over figures in order of time. A step costs the entries that enter and leave, whatever the length of the window. */
export function createWindow(stored: StoredColumns): WindowOf {
  const { kind, at } = stored
  const buckets = stored.buckets === null ? null : createSlidingBuckets(stored.buckets)
  const scalars = createSlidingScalars(stored)
  let beforeFrom = Number.NEGATIVE_INFINITY
  let beforeUntil = Number.NEGATIVE_INFINITY
  let first = 0
  let end = 0

  function restart(from: Instant): void {
    if (buckets !== null) for (let index = first; index < end; index += 1) buckets.take(index)
    first = firstAtOrAfter(at, from)
    end = first
    scalars.restart(first)
  }

  return (from, until) => {
    if (from < beforeFrom || until < beforeUntil || from >= beforeUntil) restart(from)
    beforeFrom = from
    beforeUntil = until
    while (end < at.length && (at[end] ?? until) < until) {
      scalars.enter(end)
      buckets?.put(end)
      end += 1
    }
    while (first < end && (at[first] ?? from) < from) {
      scalars.leave()
      buckets?.take(first)
      first += 1
    }
    if (first >= end) return null
    const { count, sum, min, max, last } = scalars.read()
    return { kind, count, sum, min, max, last, lastAt: at[end - 1] ?? from, histogram: buckets ?? EMPTY_HISTOGRAM }
  }
}

function firstAtOrAfter(at: Float64Array, from: Instant): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? from) < from) low = middle + 1
    else high = middle
  }
  return low
}
