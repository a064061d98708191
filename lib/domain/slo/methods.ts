import type { Instant } from '../time/instant.ts'
import type { Method } from './slo.ts'

/** What counted as good, out of everything that counts: events, or slices of time. What is unknown is in neither. */
export interface Tally {
  good: number
  total: number
}

export const NOTHING: Tally = { good: 0, total: 0 }

/** What failed is the rest: `total - good`. */
export function badOf({ good, total }: Tally): number {
  return total - good
}

/** Adds up, in any order and grouping. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }), NOTHING)
}

/**
 * OpenSLO's budgeting methods over slices of equal length (README of OpenSLO/OpenSLO, "budgetingMethod").
 * - `occurrences`: events count, wherever they lie. An hour with much traffic weighs more.
 * - `timeslices`: slices count. One is good when its share of good events is at least `sliceTarget`.
 * - `ratio_timeslices`: slices count, each by its share of good events: the mean of their ratios, which Sloth and Pyrra take for the share of
 *   a period.
 * Slices without events are unknown and leave both sides. Null when nothing is known at all.
 */
export function tallySlices(method: Method, slices: readonly Tally[], sliceTarget: number): Tally | null {
  const known = slices.filter(({ total }) => total > 0)
  if (known.length === 0) return null
  if (method === 'occurrences') return addTallies(known)
  const shares = known.map(({ good, total }) => good / total)
  const good =
    method === 'timeslices'
      ? shares.filter((share) => isAtLeast(share, sliceTarget)).length
      : shares.reduce((sum, share) => sum + share, 0)
  return { good, total: known.length }
}

/** 0.1 + 0.2 is no reason to miss a target. */
const TOLERANCE = 1e-9

/** `value >= limit`, but for what binary fractions lose. */
export function isAtLeast(value: number, limit: number): boolean {
  return value >= limit - TOLERANCE * Math.max(1, Math.abs(limit))
}

/** Half open. */
export interface Interval {
  from: Instant
  until: Instant
}

/** How long it was down in a window, in ms. Intervals that overlap are merged first: two incidents at once are one outage. */
export function downMsWithin(intervals: readonly Interval[], window: Interval): number {
  const clipped = intervals
    .map(({ from, until }) => ({ from: Math.max(from, window.from), until: Math.min(until, window.until) }))
    .filter(({ from, until }) => until > from)
    .sort((one, other) => one.from - other.from)
  let downMs = 0
  let seenUntil = window.from
  for (const { from, until } of clipped) {
    if (until <= seenUntil) continue
    downMs += until - Math.max(from, seenUntil)
    seenUntil = until
  }
  return downMs
}
