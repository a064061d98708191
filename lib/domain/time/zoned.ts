import { fieldsIn } from './format-zoned.ts'
import { DAY, type Instant } from './instant.ts'

/** A calendar day without a zone, `2026-11-21`, as Postgres's `date`: these texts sort and compare as the days do. */
export type LocalDate = string

/** The calendar day in `zone` at an instant. */
export function localDateIn(zone: string, at: Instant): LocalDate {
  const { year, month, day } = fieldsIn(zone, at)
  return toLocalDate(Date.UTC(year, month - 1, day))
}

/** Counts on the calendar, where every day has its successor: months, years and clock changes do not matter. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return toLocalDate(calendarMs(date) + days * DAY)
}

/** 0 for Monday to 6 for Sunday, as ISO 8601 orders a week. */
export function weekdayOf(date: LocalDate): number {
  return (new Date(calendarMs(date)).getUTCDay() + 6) % 7
}

/**
 * The first instant at which the clocks of `zone` show this time of this day or a later one. A time that a clock change repeats is
 * its first occurrence; one that it skips is the moment of the change. `timeOfDayMs` counts on the dial, from 00:00.
 */
export function instantIn(zone: string, date: LocalDate, timeOfDayMs = 0): Instant {
  const wanted = calendarMs(date) + timeOfDayMs
  const offsets = [offsetIn(zone, wanted - DAY), offsetIn(zone, wanted + DAY)]
  const earliest = wanted - Math.max(...offsets)
  const latest = wanted - Math.min(...offsets)
  if (dialIn(zone, earliest) === wanted) return earliest
  // A gap, or a change within two days that does not touch this time: the dial only runs forward between the two candidates.
  return firstAt(earliest, latest, (at) => dialIn(zone, at) >= wanted)
}

/** What the dial shows, read as if it were UTC. */
function dialIn(zone: string, at: Instant): number {
  const { year, month, day, hour, minute, second } = fieldsIn(zone, at)
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000)
}

function offsetIn(zone: string, at: Instant): number {
  return dialIn(zone, at) - at
}

/** Smallest instant in (low, high] for which `holds`, given that it holds at `high`; to the millisecond. */
function firstAt(low: Instant, high: Instant, holds: (at: Instant) => boolean): Instant {
  let before = low
  let found = high
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2)
    if (holds(middle)) found = middle
    else before = middle
  }
  return found
}

function calendarMs(date: LocalDate): number {
  const ms = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(ms)) throw new Error(`not a day: ${date}`)
  return ms
}

function toLocalDate(ms: number): LocalDate {
  return new Date(ms).toISOString().slice(0, 10)
}
