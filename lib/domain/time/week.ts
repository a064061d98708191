import { HOUR, type Instant } from './instant.ts'
import { addDays, instantIn, type LocalDate, localDateIn, weekdayOf } from './zoned.ts'

/** A week from Monday 00:00 to the next Monday 00:00 on the clocks of one zone: 168 hours, or 167 or 169 with a clock change. */
export interface Week {
  /** Its Monday. */
  firstDay: LocalDate
  /** Its Sunday. */
  lastDay: LocalDate
  startAt: Instant
  /** The next Monday 00:00: the first instant that no longer belongs to it. */
  endAt: Instant
}

export interface DueWeek extends Week {
  /** When its report became due: 09:00 on the Monday after it. */
  dueAt: Instant
}

const DUE_TIME_OF_DAY = 9 * HOUR

/** The week that begins on this Monday. */
export function weekFrom(timeZone: string, firstDay: LocalDate): Week {
  const nextMonday = addDays(firstDay, 7)
  return {
    firstDay,
    lastDay: addDays(firstDay, 6),
    startAt: instantIn(timeZone, firstDay),
    endAt: instantIn(timeZone, nextMonday),
  }
}

/** The week that is running at `now`. */
export function weekAt(timeZone: string, now: Instant): Week {
  const today = localDateIn(timeZone, now)
  return weekFrom(timeZone, addDays(today, -weekdayOf(today)))
}

/**
 * The last whole week whose report is due: the one before the last Monday 09:00 that has passed. Local dates are what makes a report
 * unique, so a clock change, a late cron or a second one find the same week.
 */
export function weekDueAt(timeZone: string, now: Instant): DueWeek {
  const monday = weekAt(timeZone, now).firstDay
  const dueAt = instantIn(timeZone, monday, DUE_TIME_OF_DAY)
  if (now >= dueAt) return { ...weekFrom(timeZone, addDays(monday, -7)), dueAt }
  const mondayBefore = addDays(monday, -7)
  return {
    ...weekFrom(timeZone, addDays(monday, -14)),
    dueAt: instantIn(timeZone, mondayBefore, DUE_TIME_OF_DAY),
  }
}
