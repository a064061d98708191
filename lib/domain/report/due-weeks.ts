import type { Instant } from '../time/instant.ts'
import { type Week, weekDueAt, weekFrom } from '../time/week.ts'
import type { LocalDate } from '../time/zoned.ts'

/** What is known of a project's reports when the machine looks for work. */
export interface ReportHistory {
  timeZone: string
  createdAt: Instant
  /** When the project last began to have recipients. */
  wantedSince: Instant
  /** Monday of the newest week with a report, whatever became of it; null before the first. */
  lastFirstDay: LocalDate | null
  /** Mondays of reports that were begun, not ended, and may be tried again now. */
  unfinished: LocalDate[]
}

/**
 * The weeks of which a project's report may be sent now, oldest first. Beside the unfinished ones that is the last whole week after
 * its Monday 09:00, unless it has a report, the project is younger than that week, or nobody wanted reports when it was due.
 * Weeks that passed while the machine was away altogether are skipped: three old reports on one morning would inform nobody.
 */
export function listDueWeeks(history: ReportHistory, now: Instant): Week[] {
  const weeks = history.unfinished.map((firstDay) => weekFrom(history.timeZone, firstDay))
  const due = weekDueAt(history.timeZone, now)
  const isNew = history.lastFirstDay === null || history.lastFirstDay < due.firstDay
  if (isNew && history.createdAt < due.endAt && history.wantedSince <= due.dueAt) weeks.push(due)
  return weeks
}
