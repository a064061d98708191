import type { Severity } from '../../domain/monitor/severity.ts'
import type { Level, RuleCondition } from '../../domain/rule/condition.ts'
import type { AlertRule, NoData } from '../../domain/rule/rule.ts'
import { fromIso, type Instant } from '../../domain/time/instant.ts'
import type { ListedAlert, ListedRule, RuleStatus } from '../../ports/rule-reader.ts'

/** A row of alert_rules, as PostgREST or to_jsonb write it. */
export interface RuleRow {
  id: string
  project_id: string
  key: string
  name: string
  enabled: boolean
  condition: unknown
  group_by: string[]
  group_limit: number
  for_ms: number
  keep_firing_for_ms: number
  no_data: string
  severity_warning: string
  severity_critical: string
  notify_channel_ids: string[]
  throttle_ms: number
  repeat_ms: number
  runbook: string | null
  labels: unknown
  pack: string | null
  pack_row: string | null
  pack_version: number | null
}

/** The database holds what the application wrote after checking it. */
export function toAlertRule(row: RuleRow): AlertRule {
  const { pack, pack_row, pack_version } = row
  return {
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    name: row.name,
    enabled: row.enabled,
    condition: row.condition as RuleCondition,
    groupBy: row.group_by,
    groupLimit: row.group_limit,
    forMs: row.for_ms,
    keepFiringForMs: row.keep_firing_for_ms,
    noData: row.no_data as NoData,
    severity: { warning: row.severity_warning as Severity, critical: row.severity_critical as Severity },
    notifyChannelIds: row.notify_channel_ids,
    throttleMs: row.throttle_ms,
    repeatMs: row.repeat_ms,
    runbook: row.runbook,
    labels: row.labels as Record<string, string>,
    pack:
      pack === null || pack_row === null || pack_version === null
        ? null
        : { pack, row: pack_row, version: pack_version },
  }
}

export interface ListedRuleRow {
  rule: RuleRow
  rank: number
  status: RuleStatus
  level: Level | null
  value: number | null
  reason: string
  since_at: string | null
  groups_total: number
  groups_firing: number
  last_fired_at: string | null
  week: [startedAt: string, resolvedAt: string | null, acknowledgedAt: string | null, pages: number][]
}

export interface RuleListRow {
  counts: Partial<Record<RuleStatus, number>>
  packs: string[]
  evaluated_at: string | null
  rules: ListedRuleRow[]
}

export function toListedRule(row: ListedRuleRow): ListedRule {
  return {
    rule: toAlertRule(row.rule),
    rank: row.rank,
    status: row.status,
    level: row.level,
    value: row.value,
    reason: row.reason,
    sinceAt: instantOf(row.since_at),
    groupsTotal: row.groups_total,
    groupsFiring: row.groups_firing,
    lastFiredAt: instantOf(row.last_fired_at),
    week: row.week.map(([startedAt, resolvedAt, acknowledgedAt, pages]) => ({
      startedAt: fromIso(startedAt),
      resolvedAt: instantOf(resolvedAt),
      acknowledgedAt: instantOf(acknowledgedAt),
      pages,
    })),
  }
}

export interface AlertRow {
  id: string
  cursor: string
  kind: 'down' | 'degraded' | 'rule'
  status: 'firing' | 'resolved'
  level: Level | null
  severity: Severity
  reason: string
  group_values: string[] | null
  points: { limit: number | null; points: [at: number, value: number | null][] } | null
  started_at: string
  resolved_at: string | null
  resolved_reason: string | null
  told_at: string | null
  told_reason: string | null
  rule_key: string | null
  monitor_key: string | null
  subject_name: string | null
  incident_number: number | null
  acknowledged_at: string | null
}

export function toListedAlert(row: AlertRow): ListedAlert {
  const isRule = row.kind === 'rule'
  return {
    id: row.id,
    cursor: { at: row.cursor, id: row.id },
    subject: isRule ? 'rule' : 'monitor',
    key: (isRule ? row.rule_key : row.monitor_key) ?? '',
    name: row.subject_name ?? '',
    group: row.group_values ?? [],
    status: row.status,
    level: row.level ?? (row.kind === 'degraded' ? 'warning' : 'critical'),
    severity: row.severity,
    reason: row.reason,
    startedAt: fromIso(row.started_at),
    resolvedAt: instantOf(row.resolved_at),
    resolvedReason: row.resolved_reason,
    toldAt: instantOf(row.told_at),
    toldReason: row.told_reason,
    incidentNumber: row.incident_number,
    acknowledgedAt: instantOf(row.acknowledged_at),
    points:
      row.points === null
        ? null
        : { limit: row.points.limit, points: row.points.points.map(([at, value]) => ({ at, value })) },
  }
}

export function instantOf(text: string | null): Instant | null {
  return text === null ? null : fromIso(text)
}
