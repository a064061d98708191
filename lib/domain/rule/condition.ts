import type { MonitorSelector } from '../monitor/selector.ts'
import type { Source, Term } from '../series/panel.ts'

export const OPERATORS = ['above', 'below', 'at_least', 'at_most'] as const
/** `>`, `<`, `>=`, `<=`. */
export type Operator = (typeof OPERATORS)[number]

export const LEVELS = ['warning', 'critical'] as const
export type Level = (typeof LEVELS)[number]

/** From where on a value is bad, and back to where it must come before it is well again (hysteresis; the limit itself when null). */
export interface Limit {
  value: number
  recovery: number | null
}

/** At least one of the two. */
export interface LevelLimits {
  operator: Operator
  warning: Limit | null
  critical: Limit | null
}

/** One number over the last `windowMs`, in the unit that the series stores: an aggregate, or one by another (`per`). */
export interface Measure {
  source: Source
  windowMs: number
}

/** A number beyond a limit. A ratio whose divisor, or a term that itself, counted less than `minCount` says nothing; 0 asks for none. */
export interface ThresholdCondition extends Measure, LevelLimits {
  kind: 'threshold'
  minCount: number
}

/** Nothing has come for so long. */
export interface AbsenceCondition {
  kind: 'absence'
  term: Term
  windowMs: number
  level: Level
}

/** What a monitor's own confirmation does for its probes: so many failed slots in a row. One alert a monitor. */
export interface ConsecutiveFailuresCondition {
  kind: 'consecutive_failures'
  monitors: MonitorSelector
  failures: number
  level: Level
}

/** Days until a certificate that monitors have seen expires. One alert a monitor. */
export interface ExpiryCondition {
  kind: 'expiry'
  monitors: MonitorSelector
  warningDays: number | null
  criticalDays: number | null
}

/**
 * A number against the median of the same hour of the same weekday in the `weeks` before. The limits are factors: below 0.5 is "less than half
 * of what is normal". Fewer than two such weeks, or a norm under `minBaseline`, say nothing.
 */
export interface BaselineCondition extends Measure, LevelLimits {
  kind: 'baseline'
  weeks: number
  minBaseline: number
}

export const SEASONS = ['hour_of_day', 'hour_of_week'] as const
export const DIRECTIONS = ['both', 'up', 'down'] as const

/**
 * Unusual for its hour of the day, or of the week: distance from the median in robust deviations, by the highest such distances that the
 * series itself has shown in the last two weeks. `sensitivity` 1 speaks up beyond those; 2 at half of that.
 */
export interface AnomalyCondition extends Measure {
  kind: 'anomaly'
  season: (typeof SEASONS)[number]
  direction: (typeof DIRECTIONS)[number]
  sensitivity: number
  cooldownMs: number
  level: Level
}

/**
 * Burn rate of an SLO over a long window and a short one, both at least `factor` (SRE Workbook, chapter 5). `minBadEvents` keeps a single
 * failure of a quiet service from paging.
 */
export interface BurnRateCondition {
  kind: 'burn_rate'
  slo: string
  /** Any of them. */
  windows: readonly { factor: number; longMs: number; shortMs: number }[]
  minBadEvents: number
  level: Level
}

export const COMPOSITE_MODES = ['all', 'any'] as const

/** Other rules by key: firing at any level counts. */
export interface CompositeCondition {
  kind: 'composite'
  mode: (typeof COMPOSITE_MODES)[number]
  rules: readonly string[]
  level: Level
}

export type RuleCondition =
  | ThresholdCondition
  | AbsenceCondition
  | ConsecutiveFailuresCondition
  | ExpiryCondition
  | BaselineCondition
  | AnomalyCondition
  | BurnRateCondition
  | CompositeCondition
