import type { AlertState } from '../domain/alert/life-cycle.ts'
import type { OpenAlert, RuleContext, RuleSettlement } from '../domain/notification/rule-settlement.ts'
import type { AnomalyMemory } from '../domain/rule/anomaly-memory.ts'
import type { Level } from '../domain/rule/condition.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import type { MonitorFacts } from '../domain/rule/rule-inputs.ts'
import type { Span, SpanAnswer } from '../domain/series/figures.ts'
import type { Slo } from '../domain/slo/slo.ts'
import type { Instant } from '../domain/time/instant.ts'

/** Where a rule and group stand, worst first: what fires or waits to fire says so, also where it has no data any more. */
export type RuleStatus = 'firing' | 'pending' | 'no_data' | 'inactive'

/** What is remembered of a rule and group. */
export interface RuleGroupState {
  group: readonly string[]
  state: AlertState | null
  memory: AnomalyMemory | null
  status: RuleStatus
  level: Level | null
  value: number | null
  /** Since when the status is what it is. */
  sinceAt: Instant
  /** The minute that the value is of. */
  evaluatedAt: Instant
}

export interface ClaimedRule {
  rule: AlertRule
  /** Why it could not be evaluated the last time; null when it could. */
  failure: string | null
  states: readonly RuleGroupState[]
}

/** One that was written past the application, or by another version of it. Its alerts and states stay as they are. */
export interface UnreadableRule {
  id: string
  key: string
  reason: string
  /** As in `ClaimedRule`. */
  failure: string | null
  states: readonly RuleGroupState[]
}

/** A leased project whose newest minute is to be evaluated: `token` must be presented to change anything. */
export interface RuleClaim {
  projectId: string
  token: number
  /** The whole minute at which windows end. */
  at: Instant
  rules: readonly ClaimedRule[]
  unreadable: readonly UnreadableRule[]
  alerts: readonly (OpenAlert & { ruleId: string })[]
  monitors: readonly MonitorFacts[]
  /** By key. */
  slos: ReadonlyMap<string, Slo>
  /** UCUM unit by metric. */
  units: ReadonlyMap<string, string>
}

export interface WrittenState extends Omit<RuleGroupState, 'evaluatedAt'> {
  ruleId: string
  /** One English sentence on where it stands. */
  reason: string
}

/** Everything that one evaluation of a project leaves behind; stored whole or, when the lease was lost, not at all. */
export interface RuleEvaluation {
  projectId: string
  token: number
  at: Instant
  /** Those that changed. */
  states: WrittenState[]
  forgotten: { ruleId: string; groupKey: string }[]
  failed: { ruleId: string; reason: string }[]
  /** Rules that failed before and do not any more. */
  mended: string[]
  settlements: RuleSettlement[]
}

/** The machine's side of rules. Every method is one round trip, whatever the number of rules; all of them throw when the database is away. */
export interface RuleStore {
  claimDue(limit: number): Promise<{ claims: RuleClaim[]; nextDueAt: Instant | null }>
  /** Answers in the order of the requests. */
  readFigures(requests: readonly { projectId: string; span: Span }[]): Promise<SpanAnswer[]>
  /** By rule. One that was deleted meanwhile is not in it. `monitorKeys`: of the monitors that its alerts are about. */
  loadContexts(
    rules: readonly { id: string; projectId: string; monitorKeys: readonly string[] }[],
  ): Promise<Map<string, RuleContext>>
  record(evaluations: readonly RuleEvaluation[]): Promise<{ recorded: number; stale: number }>
}
