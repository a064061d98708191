import { DAY, type Instant } from '../time/instant.ts'
import { weekAt } from '../time/week.ts'
import { instantIn, type LocalDate, localDateIn } from '../time/zoned.ts'
import type { Interval } from './methods.ts'
import type { SloWindow } from './slo.ts'

/** Days of a period for what must not depend on the month: burn rates of alerts. */
const NOMINAL_DAYS = { week: 7, month: 30, quarter: 90, year: 365 } as const

/** Length of the period, in ms: exact for rolling windows, nominal for those of the calendar. */
export function periodMs(window: SloWindow): number {
  return (window.kind === 'rolling' ? window.days : NOMINAL_DAYS[window.unit]) * DAY
}

/**
 * The window that holds `now`. A rolling one ends there; one of the calendar runs from its first midnight to the next one's on the clocks of
 * its zone, so that an October in Paris is 745 hours long.
 */
export function windowAt(window: SloWindow, now: Instant): Interval {
  if (window.kind === 'rolling') return { from: now - window.days * DAY, until: now }
  const { unit, timeZone } = window
  if (unit === 'week') {
    const { startAt, endAt } = weekAt(timeZone, now)
    return { from: startAt, until: endAt }
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit]
  const [year = 0, month = 1] = localDateIn(timeZone, now).split('-').map(Number)
  const first = year * 12 + month - 1 - ((month - 1) % months)
  return { from: instantIn(timeZone, firstOf(first)), until: instantIn(timeZone, firstOf(first + months)) }
}

/** The share of the window that has passed, from 0 to 1; a rolling one has always passed whole. */
export function elapsedShare(window: SloWindow, now: Instant): number {
  const { from, until } = windowAt(window, now)
  return (now - from) / (until - from)
}

/** The first day of a month that is counted from the year 0. */
function firstOf(months: number): LocalDate {
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
