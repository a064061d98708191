import type { Instant } from '../time/instant.ts'

/** The alerts of a notification group, by id. What was resolved stays in it until the group has run once more. */
export interface AlertGroup {
  firing: readonly string[]
  resolved: readonly string[]
}

/** What the receiver was told last. */
export interface GroupLogEntry extends AlertGroup {
  notifiedAt: Instant
}

/** Alertmanager's route options. Its defaults are 30 s, 5 min and 4 h. */
export interface GroupTiming {
  groupWaitMs: number
  groupIntervalMs: number
  /** Told again after so long though nothing has changed; 0 for never. */
  repeatMs: number
  sendResolved: boolean
}

export interface GroupDecision {
  /** Whether a new log entry is written (`logEntryOf`) and what it asks for is sent (`alertsToTell`). */
  notify: boolean
  code: 'first' | 'new_alerts' | 'all_resolved' | 'some_resolved' | 'repeat' | 'nothing_firing' | 'unchanged'
  reason: string
}

/**
 * Whether a run of a group tells its receiver: the de-duplication of Alertmanager (`notify/dedup_stage.go`), in its order. What fired and was
 * resolved between two runs is never told, for the receiver has not heard of it.
 */
export function decideGroupNotification(
  entry: GroupLogEntry | null,
  group: AlertGroup,
  at: Instant,
  { repeatMs, sendResolved }: GroupTiming,
): GroupDecision {
  const wasTold = entry !== null && entry.firing.length > 0
  const news = missing(group.firing, entry?.firing ?? [])
  if (news.length > 0) {
    return wasTold
      ? { notify: true, code: 'new_alerts', reason: `${countAlerts(news.length)} more since it was last told` }
      : { notify: true, code: 'first', reason: `${countAlerts(news.length)} firing, of which nobody has been told` }
  }
  if (group.firing.length === 0) {
    // Also where the end is not sent: the log must not go on saying that they fire, or their return would be no news.
    return wasTold
      ? { notify: true, code: 'all_resolved', reason: 'all of its alerts are resolved' }
      : { notify: false, code: 'nothing_firing', reason: 'nothing fires, and nobody was told that anything did' }
  }
  const ended = missing(group.resolved, entry?.resolved ?? [])
  if (sendResolved && ended.length > 0) {
    return {
      notify: true,
      code: 'some_resolved',
      reason: `${countAlerts(ended.length)} resolved since it was last told`,
    }
  }
  // Alertmanager asks for more than `repeatMs`, with clocks that never meet it; whole minutes do.
  if (entry !== null && repeatMs > 0 && at - entry.notifiedAt >= repeatMs) {
    return { notify: true, code: 'repeat', reason: 'still firing, and the repeat interval has passed' }
  }
  return { notify: false, code: 'unchanged', reason: 'told already, and nothing has changed since' }
}

/** What the receiver is known to have heard after a run that notified: also what is resolved and was kept from it. */
export function logEntryOf({ firing, resolved }: AlertGroup, at: Instant): GroupLogEntry {
  return { firing, resolved, notifiedAt: at }
}

/** The alerts that a message names. None: nothing is sent, though the run is logged. */
export function alertsToTell({ firing, resolved }: AlertGroup, { sendResolved }: GroupTiming): AlertGroup {
  return { firing, resolved: sendResolved ? resolved : [] }
}

function missing(ids: readonly string[], known: readonly string[]): string[] {
  const told = new Set(known)
  return ids.filter((id) => !told.has(id))
}

function countAlerts(count: number): string {
  return count === 1 ? '1 alert' : `${count} alerts`
}
