import type { Priority } from '../domain/monitor/severity.ts'
import type { ChannelKind } from '../domain/notification/channel.ts'
import type { Evidence, NotificationKind } from '../domain/notification/message.ts'
import type { Verdict } from '../domain/probe/outcome.ts'
import type { Level } from '../domain/rule/condition.ts'
import type { Instant } from '../domain/time/instant.ts'

export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved'

export interface IncidentSummary {
  id: string
  /** Counts from 1 in each project. */
  number: number
  title: string
  priority: Priority
  status: IncidentStatus
  reason: string
  startedAt: Instant
  detectedAt: Instant
  acknowledgedAt: Instant | null
  acknowledgedBy: string | null
  resolvedAt: Instant | null
  /** `vigie` when it resolved by itself. */
  resolvedBy: string | null
  /** How often it was re-opened. */
  episode: number
  flapping: boolean
  /** One incident for a mass failure. */
  isGrouped: boolean
}

export interface IncidentQuery {
  statuses: readonly IncidentStatus[]
  priority: Priority | null
  /** Numbers below this, newest first; exclusive with `above`. */
  below: number | null
  /** Numbers above this, oldest first. */
  above: number | null
  limit: number
}

/** A monitor's condition within an incident. */
export interface IncidentAlert {
  id: string
  status: 'firing' | 'resolved'
  reason: string
  evidence: Evidence[]
  startedAt: Instant
  resolvedAt: Instant | null
  monitor: { id: string; key: string; name: string; kind: string; runbookUrl: string; intervalSeconds: number }
}

/** A group of a rule within an incident. */
export interface IncidentRuleAlert {
  id: string
  status: 'firing' | 'resolved'
  level: Level
  reason: string
  /** Why it was told, or was not; one English sentence. */
  told: string | null
  /** Values of what the rule is split by; empty for one over all. */
  group: string[]
  startedAt: Instant
  resolvedAt: Instant | null
  rule: { key: string; name: string; runbook: string | null }
}

export interface IncidentEvent {
  id: number
  at: Instant
  kind: string
  /** `vigie`, a member's address, or "<channel> (link)". */
  actor: string
  message: string
  details: Record<string, unknown>
}

/** One decision to tell one channel, within an incident. */
export interface IncidentNotification {
  id: string
  kind: NotificationKind
  status: 'pending' | 'delivered' | 'dead'
  /** Why this channel is told. */
  reason: string
  attempt: number
  nextAttemptAt: Instant | null
  deliveredAt: Instant | null
  lastError: string | null
  /** Delivered to the local outbox alone, because no provider is configured. */
  isInOutbox: boolean
  channel: { id: string; name: string; kind: ChannelKind }
}

export interface IncidentDetail {
  incident: IncidentSummary
  /** Oldest first. */
  alerts: IncidentAlert[]
  /** Oldest first. */
  ruleAlerts: IncidentRuleAlert[]
  /** Oldest first, all of them. */
  events: IncidentEvent[]
  notifications: IncidentNotification[]
  /** Names of the project's channels by id, for lines that tell of one that got nothing. */
  channelNames: Map<string, string>
}

export interface ResultPoint {
  /** Start of the slot. */
  at: Instant
  verdict: Verdict
  latencyMs: number | null
}

/** Reads incidents as the signed-in person may see them. */
export interface IncidentReader {
  listIncidents(projectId: string, query: IncidentQuery): Promise<IncidentSummary[]>
  /** By number or by id, which the links in messages carry; null when there is none that this person may see. */
  findIncident(projectId: string, reference: { number: number } | { id: string }): Promise<IncidentDetail | null>
  /** Oldest first; at most 1,000. */
  listResults(monitorId: string, from: Instant, until: Instant): Promise<ResultPoint[]>
}
