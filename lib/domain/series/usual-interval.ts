import type { Instant } from '../time/instant.ts'

/** Fewer gaps say nothing. */
const ENOUGH = 4
/** So many of the gaps must be as long as the usual one, or thereabouts. */
const REGULAR_SHARE = 0.8

/**
 * How far apart samples come, in ms: the median gap of all groups, by the instants at which each had any, in order. Null for too few of them
 * and for what comes when something happens, such as errors: there a window without samples says something.
 */
export function usualInterval(groups: readonly (readonly Instant[])[]): number | null {
  const gaps = groups
    .flatMap((instants) => instants.slice(1).map((at, index) => at - (instants[index] ?? at)))
    .sort((one, other) => one - other)
  const median = gaps[Math.floor(gaps.length / 2)]
  if (gaps.length < ENOUGH || median === undefined) return null
  const alike = gaps.filter((gap) => gap >= median / 2 && gap <= median * 1.5)
  return alike.length >= gaps.length * REGULAR_SHARE ? median : null
}
