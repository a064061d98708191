import type { Level } from '../rule/condition.ts'
import type { Instant } from '../time/instant.ts'

/** One level of an alert, as Prometheus's rule engine has it. `activeAt`: since when the condition holds. */
export interface LevelState {
  status: 'inactive' | 'pending' | 'firing'
  activeAt: Instant | null
  /** Firing, but the condition no longer holds: since when (`keep_firing_for`). */
  keepSince: Instant | null
}

/** Everything that is remembered of one rule and group between evaluations. */
export interface AlertState {
  warning: LevelState
  critical: LevelState
  /** Recent turns for the worse, to tell flapping. */
  turns: readonly Instant[]
  flappingSince: Instant | null
  noDataSince: Instant | null
  evaluatedAt: Instant
}

/** What an evaluation did to an alert; at most one alert a rule and group is open, at the worst level that fires. */
export type AlertTransition =
  | { op: 'pend'; level: Level; activeAt: Instant; reason: string }
  | { op: 'fire'; level: Level; startedAt: Instant; reason: string }
  | { op: 'change_level'; from: Level; to: Level; at: Instant; reason: string }
  | { op: 'resolve'; at: Instant; reason: string }
