import type { IncidentFacts } from '../../domain/incident/decide-incident.ts'
import type { OpenIncident, WatchedMonitor } from '../../domain/incident/open-incident.ts'
import type { OwnIncident } from '../../domain/notification/rule-settlement.ts'
import type { LookedAt } from '../../domain/rule/looked-at.ts'
import { fromIso } from '../../domain/time/instant.ts'
import { toInstant } from './rows.ts'

export type IncidentFactsRow = Pick<
  IncidentFacts,
  'id' | 'number' | 'status' | 'priority' | 'episode' | 'flapping' | 'title'
> & {
  started_at: string
  resolved_at: string | null
  resolved_by: string | null
}

/** What `private.own_incidents_json` answers of an incident. */
export interface OwnIncidentRow extends IncidentFactsRow {
  grouping: string | null
}

/** What `private.open_incident_json` answers. */
export interface OpenIncidentRow extends OwnIncidentRow {
  opened_at: string
  monitor_keys: string[]
  rules: { key: string; looks_at: LookedAt | null }[]
  told_channel_ids: string[]
  told_at: string | null
}

/** What `private.watched_monitors_json` answers of a monitor. */
export interface WatchedMonitorRow {
  key: string
  name: string
  is_down: boolean
  recovered_at: string | null
}

export function toIncidentFacts(row: IncidentFactsRow): IncidentFacts {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    priority: row.priority,
    episode: row.episode,
    flapping: row.flapping,
    title: row.title,
    startedAt: fromIso(row.started_at),
    resolvedAt: toInstant(row.resolved_at),
    resolvedBy: row.resolved_by,
  }
}

export function toOwnIncident(row: OwnIncidentRow): OwnIncident {
  return { ...toIncidentFacts(row), grouping: row.grouping }
}

export function toOpenIncident(row: OpenIncidentRow): OpenIncident {
  return {
    ...toOwnIncident(row),
    openedAt: fromIso(row.opened_at),
    monitorKeys: row.monitor_keys,
    rules: row.rules.map(({ key, looks_at }) => ({ key, looksAt: looks_at })),
    toldChannelIds: row.told_channel_ids,
    toldAt: toInstant(row.told_at),
  }
}

export function toWatchedMonitor(row: WatchedMonitorRow): WatchedMonitor {
  return { key: row.key, name: row.name, isDown: row.is_down, recoveredAt: toInstant(row.recovered_at) }
}
