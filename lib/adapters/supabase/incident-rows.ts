import type { Priority } from '../../domain/monitor/severity.ts'
import type { ChannelKind } from '../../domain/notification/channel.ts'
import type { Evidence, NotificationKind } from '../../domain/notification/message.ts'
import type { Level } from '../../domain/rule/condition.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type {
  IncidentAlert,
  IncidentEvent,
  IncidentNotification,
  IncidentRuleAlert,
  IncidentStatus,
  IncidentSummary,
} from '../../ports/incident-reader.ts'
import { toInstant } from './rows.ts'

/** Columns of incidents and what hangs on them, and how their rows become values. */

export const INCIDENT_COLUMNS =
  'id, number, title, priority, status, reason, group_key, started_at, detected_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, episode, flapping'
export const ALERT_COLUMNS =
  'id, status, reason, evidence, started_at, resolved_at, monitors!alerts_monitor_id_fkey!inner(id, key, name, kind, runbook_url, interval_seconds)'
export const RULE_ALERT_COLUMNS =
  'id, status, level, reason, told_reason, muted_code, muted_reason, unmuted_at, group_values, started_at, resolved_at, alert_rules!alerts_rule_id_fkey!inner(key, name, runbook)'
export const NOTIFICATION_COLUMNS =
  'id, kind, status, reason, attempt, next_attempt_at, delivered_at, last_error, channels!notifications_channel_id_fkey!inner(id, name, kind), deliveries!deliveries_notification_id_fkey(via_outbox)'

export interface IncidentRow {
  id: string
  number: number
  title: string
  priority: Priority
  status: IncidentStatus
  reason: string
  group_key: string | null
  started_at: string
  detected_at: string
  acknowledged_at: string | null
  acknowledged_by: string | null
  resolved_at: string | null
  resolved_by: string | null
  episode: number
  flapping: boolean
}

interface AlertRow {
  id: string
  status: 'firing' | 'resolved'
  reason: string
  evidence: Evidence[]
  started_at: string
  resolved_at: string | null
  monitors: { id: string; key: string; name: string; kind: string; runbook_url: string; interval_seconds: number }
}

interface RuleAlertRow {
  id: string
  status: 'firing' | 'resolved'
  level: Level
  reason: string
  told_reason: string | null
  muted_code: string | null
  muted_reason: string | null
  unmuted_at: string | null
  group_values: string[]
  started_at: string
  resolved_at: string | null
  alert_rules: { key: string; name: string; runbook: string | null }
}

interface EventRow {
  id: number
  at: string
  kind: string
  actor: string
  message: string
  details: Record<string, unknown>
}

interface NotificationRow {
  id: string
  kind: NotificationKind
  status: 'pending' | 'delivered' | 'dead'
  reason: string
  attempt: number
  next_attempt_at: string | null
  delivered_at: string | null
  last_error: string | null
  channels: { id: string; name: string; kind: ChannelKind }
  deliveries: { via_outbox: boolean }[]
}

export function toIncident(row: IncidentRow): IncidentSummary {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    priority: row.priority,
    status: row.status,
    reason: row.reason,
    startedAt: fromIso(row.started_at),
    detectedAt: fromIso(row.detected_at),
    acknowledgedAt: toInstant(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: toInstant(row.resolved_at),
    resolvedBy: row.resolved_by,
    episode: row.episode,
    flapping: row.flapping,
    isGrouped: row.group_key !== null,
  }
}

export function toAlert(row: AlertRow): IncidentAlert {
  const { id, key, name, kind, runbook_url, interval_seconds } = row.monitors
  return {
    id: row.id,
    status: row.status,
    reason: row.reason,
    evidence: row.evidence,
    startedAt: fromIso(row.started_at),
    resolvedAt: toInstant(row.resolved_at),
    monitor: { id, key, name, kind, runbookUrl: runbook_url, intervalSeconds: interval_seconds },
  }
}

export function toRuleAlert(row: RuleAlertRow): IncidentRuleAlert {
  const { id, status, level, reason, group_values, alert_rules } = row
  const isKeptQuiet = row.muted_code !== null && row.unmuted_at === null
  return {
    id,
    status,
    level,
    reason,
    told: isKeptQuiet ? row.muted_reason : row.told_reason,
    group: group_values,
    startedAt: fromIso(row.started_at),
    resolvedAt: toInstant(row.resolved_at),
    rule: alert_rules,
  }
}

export function toEvent(row: EventRow): IncidentEvent {
  return { ...row, at: fromIso(row.at) }
}

export function toIncidentNotification(row: NotificationRow): IncidentNotification {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    attempt: row.attempt,
    nextAttemptAt: toInstant(row.next_attempt_at),
    deliveredAt: toInstant(row.delivered_at),
    lastError: row.last_error,
    isInOutbox: row.deliveries.some(({ via_outbox }) => via_outbox),
    channel: row.channels,
  }
}
