import type { Instant } from '../time/instant.ts'
import { type Week, weekAt, weekDueAt, weekFrom } from '../time/week.ts'
import { addDays } from '../time/zoned.ts'

/** The spans whose figures a report needs. */
export interface ReportPlan {
  week: Week
  /** Null for a week that is over. */
  soFarAt: Instant | null
  span: { from: Instant; until: Instant }
  spanBefore: { from: Instant; until: Instant }
}

/** A whole week beside the whole week before it. */
export function planWholeWeek(timeZone: string, week: Week): ReportPlan {
  const before = weekFrom(timeZone, addDays(week.firstDay, -7))
  return {
    week,
    soFarAt: null,
    span: { from: week.startAt, until: week.endAt },
    spanBefore: { from: before.startAt, until: before.endAt },
  }
}

/** The last whole week whose report is due. */
export function planLastWeek(timeZone: string, now: Instant): ReportPlan {
  return planWholeWeek(timeZone, weekDueAt(timeZone, now))
}

/**
 * The running week up to `now` beside the same part of the week before: five errors by Tuesday are not "better" than nine in a whole
 * week. A clock change in between shifts the cut by an hour, which is as fine as figures kept by the hour can tell.
 */
export function planRunningWeek(timeZone: string, now: Instant): ReportPlan {
  const week = weekAt(timeZone, now)
  const { spanBefore } = planWholeWeek(timeZone, week)
  const { from, until } = spanBefore
  return {
    week,
    soFarAt: now,
    span: { from: week.startAt, until: now },
    spanBefore: { from, until: Math.min(from + (now - week.startAt), until) },
  }
}
