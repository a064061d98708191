import type { Span } from '../series/figures.ts'
import type { Term } from '../series/panel.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import type { AnomalyCondition } from './condition.ts'
import { centreAndScale, quantileOfSorted } from './robust.ts'

/**
 * What an anomaly remembers of one group: one sample of the rule's own measure an hour, over the window that ends with the hour, and what was
 * made of it. Plain JSON, under 10 kB: samples keep four digits and distances three. It is a function of those samples alone, so that losing
 * it costs work and no alert.
 */
export interface AnomalyMemory {
  /** End of the newest sample; a whole hour. The lists run hour by hour up to it, oldest first; null where there was no value. */
  hourAt: Instant
  values: readonly (number | null)[]
  /** Robust deviations from the norm of its time, on the side that the rule looks at. */
  distances: readonly (number | null)[]
  /** Distances by the highest ones of the days before. */
  ratios: readonly (number | null)[]
  /** What is usual in the hour that begins at `hourAt`. */
  norm: { centre: number; scale: number } | null
  /** The recent extreme by which distances are divided now. */
  extreme: number | null
}

/** So far back the same hour is looked at: two weeks of days, or four weeks. */
const SEASONS = {
  hour_of_day: { lengthHours: 24, count: 14 },
  hour_of_week: { lengthHours: 168, count: 4 },
} as const
/** The hours beside it belong to the norm, too. */
const NEIGHBOURS = [-1, 0, 1]
/** The norm of so few samples would be noise: two days of hours, three weeks of an hour of the week. */
const MIN_NORM: Record<keyof typeof SEASONS, number> = { hour_of_day: 6, hour_of_week: 9 }
/** Recent extremes are those of two weeks, and known after half a day that could be judged. */
const RECENT_HOURS = 14 * 24
const MIN_RECENT = 12
/** Not the very highest: of two weeks of hours three may be events themselves. */
const EXTREME_SHARE = 0.99
/** A series whose extremes are hardly any is not unusual at the first small step. */
const MIN_EXTREME = 4

/** How many hourly samples decide. */
function hoursOf({ season, cooldownMs }: AnomalyCondition): { norm: number; distances: number; ratios: number } {
  const { lengthHours, count } = SEASONS[season]
  const ratios = Math.ceil(cooldownMs / HOUR)
  return { norm: lengthHours * count + 1, distances: RECENT_HOURS + ratios, ratios }
}

/**
 * The spans of the hourly samples that a memory needs: of those after `rememberedUntil`, or of all when there is none. They stay the same for
 * an hour.
 */
export function historySpans(
  condition: AnomalyCondition,
  groupBy: readonly string[],
  at: Instant,
  rememberedUntil: Instant | null,
): Span[] {
  const { norm, distances } = hoursOf(condition)
  const missing = rememberedUntil === null ? Number.POSITIVE_INFINITY : (hourOf(at) - rememberedUntil) / HOUR
  const length = Math.max(0, Math.min(norm + distances, missing))
  const { of, per } = condition.source
  const span = (term: Term, until: Instant): Span => ({ term, groupBy, from: until - condition.windowMs, until })
  return Array.from({ length }, (_, index) => hourOf(at) - index * HOUR).flatMap((until) =>
    per === undefined ? [span(of, until)] : [span(of, until), span(per, until)],
  )
}

/** The hour that has ended last at `at`. */
export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR
}

/**
 * The memory as it is at `at`: what was remembered, and the hours since then by `sampleAt` (the value of the window that ends at an hour).
 * Causal: an hour is judged by hours before it.
 */
export function remember(
  condition: AnomalyCondition,
  before: AnomalyMemory | null,
  at: Instant,
  sampleAt: (until: Instant) => number | null,
): AnomalyMemory {
  const hourAt = hourOf(at)
  if (before !== null && before.hourAt === hourAt) return before
  const lengths = hoursOf(condition)
  const total = lengths.norm + lengths.distances
  const missing = before === null || before.hourAt > hourAt ? total : Math.min(total, (hourAt - before.hourAt) / HOUR)
  const isNew = missing === total
  const values = isNew || before === null ? [] : [...before.values]
  const distances = isNew || before === null ? [] : [...before.distances]
  const ratios = isNew || before === null ? [] : [...before.ratios]
  for (let index = missing - 1; index >= 0; index -= 1) {
    const value = rounded(sampleAt(hourAt - index * HOUR), 4)
    values.push(value)
    const distance = distanceOf(value, normOf(condition, values), condition)
    // Older ones are past any cool-down.
    if (index < lengths.ratios) ratios.push(ratioOf(distance, extremeOf(distances)))
    distances.push(rounded(distance, 3))
  }
  return {
    hourAt,
    values: values.slice(-total),
    distances: distances.slice(-lengths.distances),
    ratios: lengths.ratios === 0 ? [] : ratios.slice(-lengths.ratios),
    norm: normOf(condition, [...values, null]),
    extreme: extremeOf(distances),
  }
}

/** Norm of the last entry of a list of hourly values, by those a season and more before. */
function normOf({ season }: AnomalyCondition, values: readonly (number | null)[]): AnomalyMemory['norm'] {
  const { lengthHours, count } = SEASONS[season]
  const last = values.length - 1
  const same = Array.from({ length: count }, (_, index) => last - (index + 1) * lengthHours)
    .flatMap((index) => NEIGHBOURS.map((offset) => values[index + offset] ?? null))
    .filter((value) => value !== null)
  return same.length < MIN_NORM[season] ? null : centreAndScale(same)
}

/** How far a value is from its norm, in robust deviations; 0 on the side that the rule does not look at. */
export function distanceOf(
  value: number | null,
  norm: AnomalyMemory['norm'],
  { direction }: AnomalyCondition,
): number | null {
  if (value === null || norm === null) return null
  const distance = value - norm.centre
  if (direction === 'up' && distance < 0) return 0
  if (direction === 'down' && distance > 0) return 0
  if (distance === 0) return 0
  // Zero that was zero in every hour has no spread: anything else is as far away as can be told.
  return norm.scale === 0 ? MAX_DISTANCE : Math.min(MAX_DISTANCE, Math.abs(distance) / norm.scale)
}

const MAX_DISTANCE = 1_000

function extremeOf(distances: readonly (number | null)[]): number | null {
  const recent = distances.slice(-RECENT_HOURS).filter((distance) => distance !== null)
  if (recent.length < MIN_RECENT) return null
  recent.sort((one, other) => one - other)
  return Math.max(MIN_EXTREME, quantileOfSorted(recent, EXTREME_SHARE) ?? 0)
}

/** Above 1 a value is more unusual than the series' own recent extremes. */
export function ratioOf(distance: number | null, extreme: number | null): number | null {
  return distance === null || extreme === null ? null : (rounded(distance / extreme, 3) ?? 0)
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toPrecision(digits))
}
