import { type Stage, stageOf } from '../domain/mute/silence.ts'
import { DAY, type Instant } from '../domain/time/instant.ts'
import { addDays, instantIn, type LocalDate, localDateIn, weekdayOf } from '../domain/time/zoned.ts'
import type { ListedMaintenance, ListedOccurrence, MuteReader } from '../ports/mute-reader.ts'

export interface CalendarDay {
  date: LocalDate
  isInMonth: boolean
  isToday: boolean
  /** Whatever touches the day, in order. */
  occurrences: ListedOccurrence[]
}

export interface MaintenanceCalendar {
  /** `2026-12`. */
  month: string
  previousMonth: string
  nextMonth: string
  /** Whole weeks from Monday to Sunday. */
  weeks: CalendarDay[][]
  /** Of the month alone, in order. */
  occurrences: ListedOccurrence[]
}

export interface PlannedMaintenance extends ListedMaintenance {
  /** The time that runs now or comes next; null when it is over. */
  next: (ListedOccurrence & { stage: Stage }) | null
}

/** So far ahead the next time of a plan is looked for; stored times reach less far. */
const AHEAD_MS = 400 * DAY

/** A month of maintenance on the clocks of `timeZone`. */
export async function readCalendar(
  reader: Pick<MuteReader, 'listOccurrences'>,
  project: { id: string; timeZone: string },
  month: string,
  now: Instant,
): Promise<MaintenanceCalendar> {
  const { id, timeZone } = project
  const first: LocalDate = `${month}-01`
  const nextMonth = addDays(first, 31).slice(0, 7)
  const from = addDays(first, -weekdayOf(first))
  const last = addDays(`${nextMonth}-01`, -1)
  const until = addDays(last, 7 - weekdayOf(last))
  const found = await reader.listOccurrences(id, instantIn(timeZone, from), instantIn(timeZone, until))
  const all = found.filter(({ startsAt, endsAt }) => endsAt > startsAt)
  const touching = (start: LocalDate, end: LocalDate) =>
    all.filter(({ startsAt, endsAt }) => startsAt < instantIn(timeZone, end) && endsAt > instantIn(timeZone, start))
  const today = localDateIn(timeZone, now)
  const weeks: CalendarDay[][] = []
  for (let monday = from; monday < until; monday = addDays(monday, 7)) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => addDays(monday, offset))
    weeks.push(
      days.map((date) => ({
        date,
        isInMonth: date.startsWith(month),
        isToday: date === today,
        occurrences: touching(date, addDays(date, 1)),
      })),
    )
  }
  return {
    month,
    previousMonth: addDays(first, -1).slice(0, 7),
    nextMonth,
    weeks,
    occurrences: touching(first, `${nextMonth}-01`),
  }
}

/** Plans with the time that runs or comes next, soonest first; those that are over come last. */
export async function readPlans(
  reader: Pick<MuteReader, 'listOccurrences' | 'listMaintenance'>,
  projectId: string,
  now: Instant,
): Promise<PlannedMaintenance[]> {
  const [plans, occurrences] = await Promise.all([
    reader.listMaintenance(projectId),
    reader.listOccurrences(projectId, now, now + AHEAD_MS),
  ])
  const nextOf = (id: string) => {
    const next = occurrences.find(({ windowId, endsAt }) => windowId === id && endsAt > now)
    return next === undefined ? null : { ...next, stage: stageOf(next, now) }
  }
  return plans
    .map((plan) => ({ ...plan, next: nextOf(plan.id) }))
    .sort((one, other) => (one.next?.startsAt ?? Infinity) - (other.next?.startsAt ?? Infinity))
}
