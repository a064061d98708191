import { DAY, type Instant } from '../time/instant.ts'
import type { MaintenancePlan, Occurrence } from './maintenance.ts'
import { occurrencesOf } from './occurrences.ts'

/** So far ahead times are stored: enough for every calendar that is shown. */
const PLAN_MS = 100 * DAY
/** Daily for the whole span, with room. */
const OCCURRENCES = 200
/** Times known for less than this are planned anew. */
export const REPLAN_MS = 60 * DAY

export interface PlannedTimes {
  occurrences: Occurrence[]
  /** Every time that begins before this instant is among them. */
  plannedUntil: Instant
}

/** The times of a plan that are not over at `from`, some months ahead; the next one at least, however far it is. */
export function planAhead(plan: MaintenancePlan, from: Instant): PlannedTimes {
  const plannedUntil = from + PLAN_MS
  const near = occurrencesOf(plan, from, plannedUntil, OCCURRENCES)
  if (near.length > 0) return { occurrences: near, plannedUntil }
  return { occurrences: occurrencesOf(plan, from, from + 10 * 366 * DAY, 1), plannedUntil }
}
