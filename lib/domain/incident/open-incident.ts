import type { LookedAt } from '../rule/looked-at.ts'
import type { Instant } from '../time/instant.ts'
import type { IncidentFacts } from './decide-incident.ts'

/** An incident that goes on, with what decides whether another alert belongs into it. */
export interface OpenIncident extends IncidentFacts {
  /** When it was opened; `startedAt` is when what it is about began. */
  openedAt: Instant
  /** What its alerts have in common, for alerts that come soon after (`groupingOf`); null where it takes in none. */
  grouping: string | null
  /** Keys of the monitors that failed in it, or that alerts of rules in it are about. */
  monitorKeys: readonly string[]
  rules: readonly FiringRule[]
  /** Channels that were told of its present episode. */
  toldChannelIds: readonly string[]
  /** When any channel was last told that it fires; null when none ever was. */
  toldAt: Instant | null
}

/** A rule that fires in an incident. */
export interface FiringRule {
  key: string
  /** Null for kinds that look at no series. */
  looksAt: LookedAt | null
}

/** A monitor that alerts of rules are about. */
export interface WatchedMonitor {
  key: string
  name: string
  /** It is down, and an incident tells so. */
  isDown: boolean
  /** When it last came out of an incident; null while it is down and where it never was. */
  recoveredAt: Instant | null
}

/** What a timeline and an alert call an incident: one that is opened by this very evaluation has no number yet. */
export function nameIncident({ title, number }: Pick<IncidentFacts, 'title' | 'number'>): string {
  return number === 0 ? title : `${title}, incident #${number}`
}
