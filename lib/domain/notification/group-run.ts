import type { Instant } from '../time/instant.ts'
import type { GroupTiming } from './group.ts'

/** A notification group between its runs. */
export interface GroupRuns {
  /** When its first alert came to it. */
  createdAt: Instant
  /** When that alert had begun to fire. */
  firstStartedAt: Instant
  lastRunAt: Instant | null
}

/**
 * When a group runs next (`dispatch/dispatch.go`): `groupWaitMs` after its first alert, so that alerts of one cause share a message, and from
 * then on every `groupIntervalMs`. A first alert that had been firing for longer than the wait when it came is not kept waiting.
 */
export function nextGroupRunAt(runs: GroupRuns, { groupWaitMs, groupIntervalMs }: GroupTiming): Instant {
  if (runs.lastRunAt !== null) return runs.lastRunAt + groupIntervalMs
  const isOld = runs.firstStartedAt + groupWaitMs < runs.createdAt
  return isOld ? runs.createdAt : runs.createdAt + groupWaitMs
}

/** When a group of which nothing changes is told again: groups only run every `groupIntervalMs`, so repetitions are rounded up to it. */
export function nextRepeatAt(notifiedAt: Instant, { groupIntervalMs, repeatMs }: GroupTiming): Instant | null {
  if (repeatMs === 0) return null
  return notifiedAt + (groupIntervalMs === 0 ? repeatMs : Math.ceil(repeatMs / groupIntervalMs) * groupIntervalMs)
}
