import { fieldsIn, formatTimeIn } from '../../../lib/domain/time/format-zoned.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'

export interface TimeTick {
  at: Instant
  label: string
}

/** Distances of ticks that people count in; each divides a day, or is a number of days. */
const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720]
  .map((minutes) => minutes * MINUTE)
  .concat([1, 2, 7, 14, 28].map((d) => d * DAY))

/** Monday 5 January 1970: steps of weeks begin on Mondays. */
const FIRST_MONDAY = 4

/**
 * At most `maxCount` ticks in `[fromAt, toAt]` at round wall-clock times of `zone`: 06:00, 12:00, 21 Nov. They keep to the wall
 * clock over a change of daylight saving, which is why they are not stepped in milliseconds.
 */
export function timeTicks(fromAt: Instant, toAt: Instant, zone: string, locale: Locale, maxCount = 7): TimeTick[] {
  const step = STEPS.find((candidate) => (toAt - fromAt) / candidate <= maxCount) ?? 28 * DAY
  const ticks: TimeTick[] = []
  for (const midnight of localDays(fromAt, toAt, zone)) {
    if (step >= DAY) {
      const dayNumber = Math.floor(midnight / DAY)
      if ((dayNumber - FIRST_MONDAY) % (step / DAY) === 0) ticks.push({ at: toInstant(midnight, zone), label: '' })
      continue
    }
    for (let offset = 0; offset < DAY; offset += step) ticks.push({ at: toInstant(midnight + offset, zone), label: '' })
  }
  return ticks
    .filter((tick, index) => tick.at >= fromAt && tick.at <= toAt && tick.at !== ticks[index - 1]?.at)
    .map((tick) => ({ at: tick.at, label: labelOf(tick.at, zone, locale) }))
}

/**
 * Which part of a label stands at its tick, as SVG's `text-anchor` says it; `share` is the place of the tick in the width. Centred at an edge it
 * would leave the page of a phone.
 */
export function anchorOf(share: number): 'start' | 'middle' | 'end' {
  if (share < HALF_A_LABEL) return 'start'
  return share > 1 - HALF_A_LABEL ? 'end' : 'middle'
}

/** Half of `28 sept.` on the narrowest plot, 300 px. */
const HALF_A_LABEL = 0.09

function labelOf(at: Instant, zone: string, locale: Locale): string {
  const time = formatTimeIn(zone, at)
  return time === '00:00' ? formatDay(at, zone, locale) : time
}

/** `21 Nov`, `21 nov.`: the calendar day of `zone`. */
export function formatDay(at: Instant, zone: string, locale: Locale): string {
  const { year, month, day } = fieldsIn(zone, at)
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(Date.UTC(year, month - 1, day))
}

/** The wall clock read as if it were UTC: a number in which days are 24 hours and can be stepped over. */
function wallOf(at: Instant, zone: string): number {
  const { year, month, day, hour, minute, second } = fieldsIn(zone, at)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Midnights of every calendar day that touches the range, as wall-clock numbers. */
function localDays(fromAt: Instant, toAt: Instant, zone: string): number[] {
  const first = Math.floor(wallOf(fromAt, zone) / DAY) * DAY
  const days: number[] = []
  for (let day = first; day <= wallOf(toAt, zone); day += DAY) days.push(day)
  return days
}

/** The instant at which the wall clock shows `wall`. In the hour that spring skips, the instant after the jump. */
function toInstant(wall: number, zone: string): Instant {
  const guess = wall - (wallOf(wall, zone) - wall)
  const corrected = guess - (wallOf(guess, zone) - wall)
  return wallOf(corrected, zone) === wall ? corrected : Math.max(guess, corrected) - (Math.max(guess, corrected) % HOUR)
}
