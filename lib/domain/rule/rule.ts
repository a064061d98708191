import type { Severity } from '../monitor/severity.ts'
import type { RuleCondition } from './condition.ts'

/**
 * What silence means, apart from a failed read, which keeps every alert as it is.
 * - `resolve`: a group without data is well (Prometheus's way).
 * - `keep`: it stays what it was.
 * - `alert`: it fires, saying since when there is no data.
 */
export const NO_DATA = ['resolve', 'keep', 'alert'] as const
export type NoData = (typeof NO_DATA)[number]

/** A rule that keeps another one quiet while it fires, where its alert has the same values of these labels. */
export interface Inhibitor {
  /** By key. One that is gone keeps nothing quiet. */
  rule: string
  /** Names of labels and attributes; none: any alert of the rule will do. */
  equal: readonly string[]
}

/** When something is bad enough, for long enough, to be told. One alert a rule and group. */
export interface AlertRule {
  id: string
  projectId: string
  /** Stable name within the project, as in `vigie.yaml`. */
  key: string
  name: string
  enabled: boolean
  condition: RuleCondition
  /** Attributes that split it into one alert a combination of values; empty for one alert over all. */
  groupBy: readonly string[]
  /** More groups than this are an error of the rule, as in Prometheus: its alerts keep their state and it says so. Rules about monitors have no limit. */
  groupLimit: number
  /** The condition must hold so long before it fires (Prometheus's `for`). */
  forMs: number
  /** It keeps firing so long after the condition last held (`keep_firing_for`). */
  keepFiringForMs: number
  noData: NoData
  /** How bad each level is; decides routing and priority. */
  severity: Readonly<Record<'warning' | 'critical', Severity>>
  /** Channels by id; empty when the project's routing applies. */
  notifyChannelIds: readonly string[]
  /** At most one page in so many ms; 0 for no throttle. */
  throttleMs: number
  /** Told again while nobody acknowledges; 0 for never. */
  repeatMs: number
  /**
   * Names of labels and attributes: critical alerts that have the same values of them share an incident with those of rules of the same names,
   * and with nothing else. Empty: each alert has one of its own. Null: by what they have in common of themselves.
   */
  incidentBy: readonly string[] | null
  /** An alert is not told while one of these fires that is at least as bad. */
  inhibitedBy: readonly Inhibitor[]
  /** `RB-001`, or an address. */
  runbook: string | null
  /** For silences, routing and grouping. */
  labels: Readonly<Record<string, string>>
  /** Where it comes from; null for one's own. */
  pack: { pack: string; row: string; version: number } | null
}

/** A rule as people write it, before the store has given it an id. */
export type RuleSpec = Omit<AlertRule, 'id' | 'projectId'>
