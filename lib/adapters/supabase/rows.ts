import { monitorTargetSchema } from '../../domain/monitor/config.ts'
import type { Monitor, MonitorState } from '../../domain/monitor/monitor.ts'
import { type Quorum, quorumSchema } from '../../domain/monitor/schema-regions.ts'
import type { Severity } from '../../domain/monitor/severity.ts'
import type { StoredState } from '../../domain/monitor/stored-state.ts'
import { type Channel, channelTargetSchema } from '../../domain/notification/channel.ts'
import { fromIso, type Instant } from '../../domain/time/instant.ts'

/** Shapes of the JSON that the database functions answer, and how they become values of the domain. */

export interface MonitorRow {
  id: string
  project_id: string
  key: string
  name: string
  kind: string
  config: unknown
  interval_seconds: number
  timeout_ms: number
  severity: Severity
  confirm_failures: number
  confirm_successes: number
  tags: string[]
  group_name: string
  runbook_url: string
  depends_on: string[]
  regions: string[]
  /** A word, or a number as text. */
  quorum: string
  paused_at: string | null
}

export interface StateRow {
  state: MonitorState
  since_at: string
  last_slot_at: string | null
  last_result_at: string | null
  down_starts_at: string[]
  flapping_since: string | null
  is_muted: boolean
  last_ping_at: string | null
  last_start_at: string | null
  last_ping_kind: StoredState['lastPingKind']
}

export interface ChannelRow {
  id: string
  project_id: string
  key: string
  kind: string
  name: string
  config: unknown
  min_severity: Severity | null
  enabled: boolean
  disabled_reason: string | null
}

export function toInstant(text: string | null): Instant | null {
  return text === null ? null : fromIso(text)
}

/** Throws when the stored configuration does not fit its kind: written past the application, or by a newer version. */
export function toMonitor(row: MonitorRow): Monitor {
  const target = monitorTargetSchema.parse({ kind: row.kind, config: row.config })
  return {
    ...target,
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    name: row.name,
    intervalSeconds: row.interval_seconds,
    timeoutMs: row.timeout_ms,
    severity: row.severity,
    confirm: { failures: row.confirm_failures, successes: row.confirm_successes },
    tags: row.tags,
    groupName: row.group_name,
    runbookUrl: row.runbook_url,
    dependsOn: row.depends_on,
    regions: row.regions,
    quorum: toQuorum(row.quorum),
    pausedAt: toInstant(row.paused_at),
  }
}

export function toQuorum(text: string): Quorum {
  return quorumSchema.parse(/^\d+$/.test(text) ? Number(text) : text)
}

export function toStoredState(row: StateRow): StoredState {
  return {
    state: row.state,
    sinceAt: fromIso(row.since_at),
    lastSlotAt: toInstant(row.last_slot_at),
    lastResultAt: toInstant(row.last_result_at),
    downStartsAt: row.down_starts_at.map(fromIso),
    flappingSince: toInstant(row.flapping_since),
    isMuted: row.is_muted,
    lastPingAt: toInstant(row.last_ping_at),
    lastStartAt: toInstant(row.last_start_at),
    lastPingKind: row.last_ping_kind,
  }
}

export function toChannel(row: ChannelRow): Channel {
  const target = channelTargetSchema.parse({ kind: row.kind, config: row.config })
  return {
    ...target,
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    name: row.name,
    minSeverity: row.min_severity,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
  }
}
