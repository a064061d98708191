import type { Severity } from '../../domain/monitor/severity.ts'
import type { RuleCondition } from '../../domain/rule/condition.ts'
import type { AlertRule, Inhibitor, NoData, RuleSpec } from '../../domain/rule/rule.ts'
import { readCondition } from '../../domain/rule/schema-condition.ts'

/** A rule as `private.rule_json` writes it: the columns of `alert_rules`. */
export interface RuleRow {
  key: string
  name: string
  enabled: boolean
  /** A `RuleCondition`, as far as anybody knows who has not read it. */
  condition: unknown
  group_by: string[]
  group_limit: number
  for_ms: number
  keep_firing_for_ms: number
  no_data: NoData
  severity_warning: Severity
  severity_critical: Severity
  notify_channel_ids: string[]
  throttle_ms: number
  repeat_ms: number
  incident_by: string[] | null
  inhibited_by: Inhibitor[]
  runbook: string | null
  labels: Record<string, string>
  pack: string | null
  pack_row: string | null
  pack_version: number | null
}

export type StoredRuleRow = RuleRow & { id: string; project_id: string }

/** The same text for the same rule: the database compares the two. */
export function toRuleJson(spec: RuleSpec): RuleRow {
  return {
    key: spec.key,
    name: spec.name,
    enabled: spec.enabled,
    condition: spec.condition,
    group_by: [...spec.groupBy],
    group_limit: spec.groupLimit,
    for_ms: spec.forMs,
    keep_firing_for_ms: spec.keepFiringForMs,
    no_data: spec.noData,
    severity_warning: spec.severity.warning,
    severity_critical: spec.severity.critical,
    notify_channel_ids: [...spec.notifyChannelIds],
    throttle_ms: spec.throttleMs,
    repeat_ms: spec.repeatMs,
    incident_by: spec.incidentBy && [...spec.incidentBy],
    inhibited_by: spec.inhibitedBy.map(({ rule, equal }) => ({ rule, equal: [...equal] })),
    runbook: spec.runbook,
    labels: { ...spec.labels },
    pack: spec.pack?.pack ?? null,
    pack_row: spec.pack?.row ?? null,
    pack_version: spec.pack?.version ?? null,
  }
}

export type ReadRule = { ok: true; rule: AlertRule } | { ok: false; reason: string }

/** The rule of a row; a sentence where its condition is none. */
export function readRule(row: StoredRuleRow): ReadRule {
  const read = readCondition(row.condition)
  return read.ok ? { ok: true, rule: toRule(row, read.condition) } : read
}

/** Those rules that can be read; what is wrong with the others stands on their pages. */
export function readableRules(rows: readonly StoredRuleRow[]): AlertRule[] {
  return rows.flatMap((row) => {
    const read = readRule(row)
    return read.ok ? [read.rule] : []
  })
}

const LOOKS_AT_NOTHING: RuleCondition = { kind: 'composite', mode: 'any', rules: [], level: 'critical' }

/** One that cannot be read as one that looks at nothing: its key is taken all the same, and why it failed stands beside it. */
export function readOrEmpty(row: StoredRuleRow): AlertRule {
  const read = readRule(row)
  return read.ok ? read.rule : toRule(row, LOOKS_AT_NOTHING)
}

function toRule(row: StoredRuleRow, condition: RuleCondition): AlertRule {
  const { pack, pack_row, pack_version } = row
  return {
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    name: row.name,
    enabled: row.enabled,
    condition,
    groupBy: row.group_by,
    groupLimit: row.group_limit,
    forMs: row.for_ms,
    keepFiringForMs: row.keep_firing_for_ms,
    noData: row.no_data,
    severity: { warning: row.severity_warning, critical: row.severity_critical },
    notifyChannelIds: row.notify_channel_ids,
    throttleMs: row.throttle_ms,
    repeatMs: row.repeat_ms,
    incidentBy: row.incident_by,
    inhibitedBy: row.inhibited_by,
    runbook: row.runbook,
    labels: row.labels,
    pack:
      pack === null || pack_row === null || pack_version === null
        ? null
        : { pack, row: pack_row, version: pack_version },
  }
}
