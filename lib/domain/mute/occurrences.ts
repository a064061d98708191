import { DAY, type Instant } from '../time/instant.ts'
import { addDays, instantIn, type LocalDate, localDateIn, weekdayOf } from '../time/zoned.ts'
import { type MaintenancePlan, type Occurrence, WINDOW_MS } from './maintenance.ts'
import { parseRecurrence, type Recurrence } from './recurrence.ts'

/** Periods that are looked through: a rule that is never due (30 February) must come to an end. */
const PERIODS = 20_000

/**
 * The times of a plan that end after `from` and begin before `until`, earliest first, at most `limit`. As RFC 5545 has it, the first day always
 * counts as the first time. Clock changes: an hour that is skipped begins with the change, one that is repeated is its first occurrence,
 * and the end stays where the clock on the wall has it.
 */
export function occurrencesOf(plan: MaintenancePlan, from: Instant, until: Instant, limit: number): Occurrence[] {
  const found: Occurrence[] = []
  // Nothing that began before this day can still run at `from`.
  const firstDate = localDateIn(plan.timeZone, from - WINDOW_MS.max - DAY)
  for (const date of datesOf(plan, addDays(localDateIn(plan.timeZone, until), 1))) {
    if (date < firstDate) continue
    const occurrence = occurrenceOn(plan, date)
    if (occurrence.startsAt >= until || found.length === limit) break
    if (occurrence.endsAt > from) found.push(occurrence)
  }
  return found
}

function occurrenceOn({ timeZone, startTimeMs, durationMs }: MaintenancePlan, date: LocalDate): Occurrence {
  const startsAt = instantIn(timeZone, date, startTimeMs)
  const endOfDial = startTimeMs + durationMs
  const endsAt = instantIn(timeZone, addDays(date, Math.floor(endOfDial / DAY)), endOfDial % DAY)
  // A short one inside an hour that the clocks skip would be over before it began.
  return { startsAt, endsAt: endsAt > startsAt ? endsAt : startsAt + durationMs }
}

/** The days on which a plan begins, in order, up to a day. */
function* datesOf({ startDate, recurrence: text }: MaintenancePlan, lastDate: LocalDate): Generator<LocalDate> {
  const parsed = text === null ? null : parseRecurrence(text)
  yield startDate
  if (parsed === null || !parsed.ok) return
  const { recurrence } = parsed
  const end = recurrence.untilDate !== null && recurrence.untilDate < lastDate ? recurrence.untilDate : lastDate
  let count = 1
  for (let period = 0; period < PERIODS; period++) {
    const first = firstDayOf(startDate, recurrence, period)
    if (first > end) return
    for (const date of datesIn(recurrence, first, startDate)) {
      if (date <= startDate) continue
      if (date > end || (recurrence.count !== null && count >= recurrence.count)) return
      count++
      yield date
    }
  }
}

/** The first day of the nth period that counts: a day, week, month or year. */
function firstDayOf(startDate: LocalDate, { frequency, interval, weekStart }: Recurrence, period: number): LocalDate {
  const [year = 0, month = 1] = startDate.split('-').map(Number)
  switch (frequency) {
    case 'daily':
      return addDays(startDate, period * interval)
    case 'weekly':
      return addDays(startDate, -((weekdayOf(startDate) - weekStart + 7) % 7) + period * interval * 7)
    case 'monthly':
      return dateOf(year, month + period * interval, 1)
    case 'yearly':
      return dateOf(year + period * interval, 1, 1)
  }
}

/** The days of one period that fit, in order. */
function datesIn(recurrence: Recurrence, first: LocalDate, startDate: LocalDate): LocalDate[] {
  const { frequency, months, positions } = recurrence
  const [year = 0, month = 1] = first.split('-').map(Number)
  const isInMonths = (date: LocalDate) => months.length === 0 || months.includes(Number(date.slice(5, 7)))
  const all = (): LocalDate[] => {
    switch (frequency) {
      case 'daily':
        return daysFrom(first, 1).filter((date) => fits(recurrence, date))
      case 'weekly':
        return daysFrom(first, 7).filter((date) =>
          recurrence.weekdays.length === 0 ? weekdayOf(date) === weekdayOf(startDate) : fits(recurrence, date),
        )
      case 'monthly':
        return datesOfMonth(recurrence, year, month, startDate)
      case 'yearly':
        return datesOfYear(recurrence, year, startDate)
    }
  }
  const dates = all().filter(isInMonths)
  if (positions.length === 0) return dates
  const chosen = new Set(positions.map((position) => dates.at(position > 0 ? position - 1 : position)))
  return dates.filter((date) => chosen.has(date))
}

function fits({ weekdays, monthDays }: Recurrence, date: LocalDate): boolean {
  const isDay = weekdays.length === 0 || weekdays.some(({ weekday }) => weekday === weekdayOf(date))
  return isDay && (monthDays.length === 0 || isMonthDay(monthDays, date))
}

function datesOfMonth(recurrence: Recurrence, year: number, month: number, startDate: LocalDate): LocalDate[] {
  const { weekdays, monthDays } = recurrence
  const days = daysFrom(dateOf(year, month, 1), lengthOfMonth(year, month))
  if (weekdays.length === 0 && monthDays.length === 0)
    return days.filter((date) => date.slice(8) === startDate.slice(8))
  return days.filter(
    (date, index) =>
      (monthDays.length === 0 || isMonthDay(monthDays, date)) &&
      (weekdays.length === 0 || isCountedDay(weekdays, date, index, days.length)),
  )
}

function datesOfYear(recurrence: Recurrence, year: number, startDate: LocalDate): LocalDate[] {
  const { weekdays, monthDays, months } = recurrence
  const [, startMonth = 1] = startDate.split('-').map(Number)
  // Without months, the nth Friday of a year is counted over the year (RFC 5545, BYDAY).
  if (months.length === 0 && weekdays.length > 0 && monthDays.length === 0) {
    const days = daysFrom(dateOf(year, 1, 1), lengthOfMonth(year, 2) + 337)
    return days.filter((date, index) => isCountedDay(weekdays, date, index, days.length))
  }
  const inMonths =
    months.length > 0 ? [...months].sort((a, b) => a - b) : monthDays.length > 0 ? ALL_MONTHS : [startMonth]
  return inMonths.flatMap((month) => datesOfMonth(recurrence, year, month, startDate))
}

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/** `index` of `length` days of a month or year: the second Tuesday is the one in the second seven days. */
function isCountedDay(weekdays: Recurrence['weekdays'], date: LocalDate, index: number, length: number): boolean {
  const fromStart = Math.floor(index / 7) + 1
  const fromEnd = -Math.floor((length - 1 - index) / 7) - 1
  return weekdays.some(
    ({ weekday, ordinal }) =>
      weekday === weekdayOf(date) && (ordinal === null || ordinal === fromStart || ordinal === fromEnd),
  )
}

function isMonthDay(monthDays: readonly number[], date: LocalDate): boolean {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return monthDays.includes(day) || monthDays.includes(day - lengthOfMonth(year, month) - 1)
}

function daysFrom(first: LocalDate, count: number): LocalDate[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index))
}

function dateOf(year: number, month: number, day: number): LocalDate {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
