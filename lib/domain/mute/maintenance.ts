import type { Instant } from '../time/instant.ts'
import type { LocalDate } from '../time/zoned.ts'
import type { Labels } from './matcher.ts'

export const SCOPE_KINDS = ['project', 'tags', 'monitors'] as const
/** What a maintenance is about: everything, whatever has one of the tags, or monitors by key. */
export type MaintenanceScope =
  | { kind: 'project' }
  | { kind: 'tags'; tags: readonly string[] }
  | { kind: 'monitors'; keys: readonly string[] }

/** When, on the clocks of a zone. The end is on the same clocks, so "02:00 to 04:00" stays that when the clocks change. */
export interface MaintenancePlan {
  timeZone: string
  /** Of the first time. */
  startDate: LocalDate
  /** On the dial, from 00:00. */
  startTimeMs: number
  durationMs: number
  /** RRULE of RFC 5545, without its name; null for once. */
  recurrence: string | null
}

/** One time at which it takes place. `startsAt <= at < endsAt`. */
export interface Occurrence {
  startsAt: Instant
  endsAt: Instant
}

export interface MaintenanceOccurrence extends Occurrence {
  name: string
  scope: MaintenanceScope
}

/** Whether an alert lies in a scope. Tags are its label `tag`. */
export function isInScope(scope: MaintenanceScope, monitorKey: string | null, labels: Labels): boolean {
  switch (scope.kind) {
    case 'project':
      return true
    case 'tags': {
      const tags = [labels.tag ?? []].flat()
      return scope.tags.some((tag) => tags.includes(tag))
    }
    case 'monitors':
      return monitorKey !== null && scope.keys.includes(monitorKey)
  }
}

/** A window lasts a minute to a week. */
export const WINDOW_MS = { min: 60_000, max: 7 * 86_400_000 } as const
