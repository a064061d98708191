import type { AlertChange } from '../alert/alert-change.ts'
import type { Move } from '../alert/decide-move.ts'
import type { Priority } from '../monitor/severity.ts'
import type { Mute } from '../mute/decide-mute.ts'
import type { ProbeOutcome, RegionSighting, Verdict } from '../probe/outcome.ts'
import type { Instant } from '../time/instant.ts'
import type { Evidence, MessageData, NotificationKind } from './message.ts'
import type { RulePatch } from './rule-message.ts'

/** A decision to tell one channel one thing, as it goes into the outbox. */
export interface NewNotification {
  id: string
  channelId: string
  kind: NotificationKind
  episode: number
  /** (incident or alert, episode, channel, kind): deciding twice tells once. */
  dedupeKey: string
  reason: string
  payload: MessageData
}

export interface TimelineEntry {
  at: Instant
  kind: string
  message: string
  details?: Record<string, unknown>
}

/** What a settlement does to an incident, in the words of the store. */
export type IncidentChange =
  | {
      op: 'open'
      id: string
      title: string
      priority: Priority
      reason: string
      groupKey: string | null
      /** Of the rule that opens it, and what it may share with others (`groupingOf`); absent for monitors. */
      openedBy?: { ruleId: string; grouping: string | null }
      startedAt: Instant
      events: TimelineEntry[]
      notifications: NewNotification[]
    }
  | {
      op: 'reopen'
      id: string
      episode: number
      flapping: boolean
      reason: string
      events: TimelineEntry[]
      notifications: NewNotification[]
    }
  /** `notifications`: a repetition while nobody acknowledges, or to channels that hear of it first now. `priority`: it got worse. */
  | {
      op: 'continue' | 'flap'
      id: string
      priority?: Priority
      events: TimelineEntry[]
      notifications?: NewNotification[]
    }
  | {
      op: 'resolve'
      id: string
      at: Instant
      reason: string
      state: Verdict
      evidence: Evidence[]
      /** Of a rule: how it stands now. */
      rule?: RulePatch
      events: TimelineEntry[]
    }

/** Why an alert was kept quiet when it began. */
export type MutedAlert = Omit<Extract<Mute, { muted: true }>, 'muted'>

export type StoredAlertChange = AlertChange & {
  id: string
  evidence: Evidence[]
  /** State that a recovery message names. */
  state: Verdict
  /** Why nobody is told of what fires; null where nothing keeps it quiet. */
  muted: MutedAlert | null
  /** Only where no incident tells of it: a degradation. */
  notifications: NewNotification[]
}

/** Everything that one claimed slot changes; the store commits it whole or, when the lease was lost, not at all. */
export interface Settlement {
  monitorId: string
  projectId: string
  token: number
  region: string
  slotAt: Instant
  intervalSeconds: number
  /** False for heartbeats: their results stand at the time of the ping, and a silence is no missed slot. */
  isSlotted: boolean
  nextDueAt: Instant | null
  /** Null where there was nothing to judge (a heartbeat that was never pinged). */
  outcome: ProbeOutcome | null
  /** Every attempt, when the slot needed more than one. */
  attempts: ProbeOutcome[]
  /** What each region saw in the deciding round; none where the monitor is probed from one place that could tell. */
  regions: readonly RegionSighting[]
  /** Nobody could tell: the slot is passed over, and the state stays. */
  isUnknown: boolean
  move: Pick<Move, 'state' | 'sinceAt' | 'downStartsAt' | 'flappingSince'>
  alerts: StoredAlertChange[]
  incident: IncidentChange | null
}
