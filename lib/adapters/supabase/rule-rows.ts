import type { Severity } from '../../domain/monitor/severity.ts'
import type { RuleCondition } from '../../domain/rule/condition.ts'
import type { AlertRule, NoData, RuleSpec } from '../../domain/rule/rule.ts'

/** A rule as `private.rule_json` writes it: the columns of `alert_rules`. */
export interface RuleRow {
  key: string
  name: string
  enabled: boolean
  condition: RuleCondition
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
  runbook: string | null
  labels: Record<string, string>
  pack: string | null
  pack_row: string | null
  pack_version: number | null
}

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
    runbook: spec.runbook,
    labels: { ...spec.labels },
    pack: spec.pack?.pack ?? null,
    pack_row: spec.pack?.row ?? null,
    pack_version: spec.pack?.version ?? null,
  }
}

export function toRule(row: RuleRow & { id: string; project_id: string }): AlertRule {
  const { pack, pack_row, pack_version } = row
  return {
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    name: row.name,
    enabled: row.enabled,
    condition: row.condition,
    groupBy: row.group_by,
    groupLimit: row.group_limit,
    forMs: row.for_ms,
    keepFiringForMs: row.keep_firing_for_ms,
    noData: row.no_data,
    severity: { warning: row.severity_warning, critical: row.severity_critical },
    notifyChannelIds: row.notify_channel_ids,
    throttleMs: row.throttle_ms,
    repeatMs: row.repeat_ms,
    runbook: row.runbook,
    labels: row.labels,
    pack:
      pack === null || pack_row === null || pack_version === null
        ? null
        : { pack, row: pack_row, version: pack_version },
  }
}
