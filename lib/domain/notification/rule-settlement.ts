import type { IncidentFacts } from '../incident/decide-incident.ts'
import type { OpenIncident, WatchedMonitor } from '../incident/open-incident.ts'
import type { Severity } from '../monitor/severity.ts'
import type { MuteFacts } from '../mute/decide-mute.ts'
import type { MonitorMutes } from '../mute/monitor-mutes.ts'
import type { Level } from '../rule/condition.ts'
import type { Instant } from '../time/instant.ts'
import type { TellingContext } from './compose.ts'
import type { RulePatch } from './rule-message.ts'
import type { IncidentChange, MutedAlert, NewNotification } from './settlement.ts'

/** An alert of a rule that fires, as the store has it. */
export interface OpenAlert {
  id: string
  groupKey: string
  level: Level
  startedAt: Instant
  /** When channels were last told of it; null when they never were. */
  toldAt: Instant | null
  /** The incident that it is or was part of. */
  incidentId: string | null
  incidentStatus: IncidentFacts['status'] | null
  /** Why it was kept quiet and has not been told since; null for all others. */
  mutedReason: string | null
}

/** What a rule saw before an alert fired: kept with it as its evidence. In the unit of `RuleMessage`. */
export interface AlertPoints {
  unit: string
  limit: number | null
  points: readonly (readonly [Instant, number | null])[]
}

/** An incident that a rule opened. */
export interface OwnIncident extends IncidentFacts {
  /** What its first alert had in common with others (`groupingOf`). */
  grouping: string | null
}

/** What a decision about a changed rule needs beside the change. */
export interface RuleContext extends Omit<TellingContext, 'notifyChannelIds'> {
  /** Those that go on, and those that ended so lately that they may be re-opened, the newest first. */
  ownIncidents: readonly OwnIncident[]
  /** All of the project that go on, the newest first. */
  openIncidents: readonly OpenIncident[]
  /** Monitors that its alerts are about, by key. */
  watchedMonitors: ReadonlyMap<string, WatchedMonitor>
  /** The pack that the rule comes from. */
  pack: string | null
  /** When any alert of the rule was last told. */
  toldAt: Instant | null
  /** Whatever may keep its alerts quiet. */
  mutes: MuteFacts
  /** By key; those with neither tags nor dependencies are left out. */
  monitorMutes: ReadonlyMap<string, MonitorMutes>
  /** What went live in the last two days, the newest first; at most ten. */
  deployments: readonly { at: Instant; name: string }[]
  /** So long after a deployment it may be to blame. */
  soakMs: number
}

/** The same for those alerts of a rule that share an incident. */
export interface IncidentContext extends RuleContext {
  /** The last one that the rule opened for them. */
  lastIncident: IncidentFacts | null
}

/** What is told of a change, and why it is or is not. */
interface Telling {
  told: boolean
  toldReason: string
  /** Of a warning alone: a critical alert is told by its incident. */
  notifications: NewNotification[]
  /** Why it is kept quiet; null where nothing does. */
  muted: MutedAlert | null
}

/** What a settlement does to an alert of a rule, in the words of the store. */
export type RuleAlertChange =
  | ({
      op: 'fire'
      id: string
      group: readonly string[]
      level: Level
      severity: Severity
      reason: string
      startedAt: Instant
      points: AlertPoints | null
      /** Of the monitor that it is about; null for none. */
      monitorKey: string | null
    } & Telling)
  | ({
      op: 'change'
      id: string
      level: Level
      severity: Severity
      reason: string
      points: AlertPoints | null
      monitorKey: string | null
    } & Telling)
  | ({ op: 'repeat'; id: string } & Telling)
  | { op: 'resolve'; id: string; at: Instant; reason: string; rule: RulePatch }

/** What alerts of one rule change of one incident, or of none, at one evaluation; stored with the evaluation or not at all. */
export interface RuleSettlement {
  ruleId: string
  alerts: RuleAlertChange[]
  incident: IncidentChange | null
}
