import { formatRating } from '../feedback/ratings.ts'
import { formatUptime } from '../rollup/format-figures.ts'

/**
 * - `same`: people would see no difference, or one that is no more than noise.
 * - `no_week_before`: nothing was measured then, so the project or its monitors are new.
 * - `not_comparable`: one of the two weeks has no such figure, for instance a time to resolve without an incident.
 */
export type Change = 'better' | 'worse' | 'same' | 'no_week_before' | 'not_comparable'

/** A figure of the reported week beside that of the week before. The unit is the figure's own. */
export interface Compared {
  value: number | null
  before: number | null
  change: Change
  /** Which way the figure itself went; null where the change is not `better` or `worse`. */
  direction: 'up' | 'down' | null
}

export interface Yardstick {
  goodDirection: 'up' | 'down'
  isSame: (value: number, before: number) => boolean
}

/** Response times of two ordinary weeks differ by a few percent for no reason that anybody could act on. */
const NOISE = 0.05

/** Compared as it is shown: 99.951 % after 99.956 % reads 99.95 % twice, and is no news. */
export const UPTIME: Yardstick = {
  goodDirection: 'up',
  isSame: (value, before) => formatUptime(value) === formatUptime(before),
}
/** Compared as it is shown, too. */
export const RATING: Yardstick = {
  goodDirection: 'up',
  isSame: (value, before) => formatRating(value) === formatRating(before),
}
export const DURATION: Yardstick = {
  goodDirection: 'down',
  isSame: (value, before) => Math.abs(value - before) <= before * NOISE,
}
export const COUNT: Yardstick = { goodDirection: 'down', isSame: (value, before) => value === before }

/** Judges a figure against the week before. `hasWeekBefore`: something at all was measured then. */
export function compare(
  value: number | null,
  before: number | null,
  hasWeekBefore: boolean,
  { goodDirection, isSame }: Yardstick,
): Compared {
  if (!hasWeekBefore) return { value, before: null, change: 'no_week_before', direction: null }
  if (value === null || before === null) return { value, before, change: 'not_comparable', direction: null }
  if (isSame(value, before)) return { value, before, change: 'same', direction: null }
  const direction = value > before ? 'up' : 'down'
  return { value, before, change: direction === goodDirection ? 'better' : 'worse', direction }
}
