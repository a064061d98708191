import type { Severity } from '../../domain/monitor/severity.ts'
import type { Level } from '../../domain/rule/condition.ts'
import { fromIso, type Instant } from '../../domain/time/instant.ts'
import type { ListedAlert, ListedRule, RuleStatus } from '../../ports/rule-reader.ts'
import { readOrEmpty, type StoredRuleRow } from './rule-rows.ts'

export interface ListedRuleRow {
  rule: StoredRuleRow
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
    rule: readOrEmpty(row.rule),
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
