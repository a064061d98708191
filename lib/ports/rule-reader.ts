import type { StoredTerm } from '../domain/alert/stored-answers.ts'
import type { Severity } from '../domain/monitor/severity.ts'
import type { Level } from '../domain/rule/condition.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import type { MetricKind } from '../domain/series/sample.ts'
import type { Instant } from '../domain/time/instant.ts'

/**
 * Where a rule stands as a whole: the worst of its groups. `failed`: it could not be evaluated, and its alerts stay as they were. `waiting`:
 * it has seen nothing that it could judge, or was not evaluated yet.
 */
export const RULE_STATUSES = ['firing', 'failed', 'pending', 'no_data', 'waiting', 'ok', 'off'] as const
export type RuleStatus = (typeof RULE_STATUSES)[number]

/** A rule as lists and its own page show it. */
export interface ListedRule {
  rule: AlertRule
  status: RuleStatus
  /** Of the worst group, while it is pending or fires. */
  level: Level | null
  value: number | null
  /** One English sentence: value, limit and window, or why there is none. */
  reason: string
  sinceAt: Instant | null
  groupsTotal: number
  groupsFiring: number
  lastFiredAt: Instant | null
  /** Its alerts of seven days, at most 200. */
  week: readonly { startedAt: Instant; resolvedAt: Instant | null; acknowledgedAt: Instant | null; pages: number }[]
  /** What it is sorted by: the worst status first. */
  rank: number
}

export interface RuleQuery {
  key?: string
  status: RuleStatus | null
  /** Empty for rules of no pack. */
  pack: string | null
  text: string | null
  after: { rank: number; key: string } | null
  limit: number
}

export interface RuleList {
  rules: ListedRule[]
  /** Of all rules of the project, whatever is asked for. */
  counts: Partial<Record<RuleStatus, number>>
  packs: string[]
  /** The minute that was evaluated last; null before the first. */
  evaluatedAt: Instant | null
}

/** One group of a rule, as it was last seen. */
export interface RuleGroup {
  group: readonly string[]
  status: 'inactive' | 'pending' | 'firing' | 'no_data'
  level: Level | null
  value: number | null
  reason: string
  sinceAt: Instant
}

export interface AlertCursor {
  /** As the database wrote it: more exact than a millisecond. */
  at: string
  id: string
}

export interface AlertQuery {
  status: 'firing' | 'resolved' | null
  subject: 'rule' | 'monitor' | null
  level: Level | null
  /** A rule's key. */
  rule: string | null
  below: AlertCursor | null
  above: AlertCursor | null
  limit: number
}

export interface ListedAlert {
  id: string
  cursor: AlertCursor
  subject: 'rule' | 'monitor'
  /** Key and name of the rule or monitor. */
  key: string
  name: string
  group: readonly string[]
  status: 'firing' | 'resolved'
  level: Level
  severity: Severity
  reason: string
  startedAt: Instant
  resolvedAt: Instant | null
  resolvedReason: string | null
  /** When channels were told; null when they never were, and of alerts of monitors, whose incident says it. */
  toldAt: Instant | null
  /** Why they were or were not; of a monitor only why it was kept quiet. */
  toldReason: string | null
  incidentNumber: number | null
  acknowledgedAt: Instant | null
  /** What a rule saw before it fired; asked for with one rule alone. */
  points: { limit: number | null; points: readonly { at: Instant; value: number | null }[] } | null
}

/** Everything that is stored of a metric in a span: at most `rowsMax` hours of minutes over all of its series, hours before them. */
export interface MinutesQuestion {
  metric: string
  where: StoredTerm['where']
  groupBy: readonly string[]
  from: Instant
  until: Instant
  wantsHistograms: boolean
  groupsMax: number
  rowsMax: number
}

export interface StoredMetric extends StoredTerm {
  kind: MetricKind
  unit: string
  /** More than `lines` when the cap was reached. */
  groupsTotal: number
  /** Later than was asked for when that was too much to read. */
  from: Instant
}

/** Reads rules, their alerts, and what a back-test needs, as the signed-in person may see them. */
export interface RuleReader {
  list(projectId: string, query: RuleQuery): Promise<RuleList>
  /** The worst first, at most 200. */
  listGroups(ruleId: string): Promise<RuleGroup[]>
  /** Whether a `vigie.yaml` describes it: what people change lasts until that is applied again. */
  isManagedByFile(id: string): Promise<boolean>
  /** All rules by key: what others may refer to. */
  listAll(projectId: string): Promise<AlertRule[]>
  listAlerts(projectId: string, query: AlertQuery): Promise<ListedAlert[]>
  /** When each metric was first heard of. */
  listMetricAges(projectId: string): Promise<ReadonlyMap<string, Instant>>
  /** When the certificate of each monitor ends, as its last probe saw it; monitors that have seen none are left out. */
  listExpiries(projectId: string): Promise<ReadonlyMap<string, Instant>>
  /** In the order of the questions; null for a metric that the project does not have. */
  readMinutes(projectId: string, questions: readonly MinutesQuestion[]): Promise<(StoredMetric | null)[]>
}
