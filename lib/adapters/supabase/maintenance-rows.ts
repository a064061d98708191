import type { MaintenancePlan, MaintenanceScope, Occurrence } from '../../domain/mute/maintenance.ts'
import type { MaintenanceSpec } from '../../domain/mute/schema.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { ListedMaintenance } from '../../ports/mute-reader.ts'
import { toScope } from './mute-rows.ts'

export interface PlanRow {
  time_zone: string
  start_date: string
  start_time_ms: number
  duration_ms: number
  recurrence: string | null
}

export interface WindowRow extends PlanRow {
  id: string
  name: string
  description: string
  scope_kind: string
  scope_values: string[]
  announced: boolean
  author: string
}

export const WINDOW_COLUMNS =
  'id, name, description, scope_kind, scope_values, time_zone, start_date, start_time_ms, duration_ms, recurrence, announced, author'

export function toPlan(row: PlanRow): MaintenancePlan {
  return {
    timeZone: row.time_zone,
    startDate: row.start_date,
    startTimeMs: row.start_time_ms,
    durationMs: row.duration_ms,
    recurrence: row.recurrence,
  }
}

export function toListedMaintenance(row: WindowRow): ListedMaintenance {
  const { id, name, description, announced, author } = row
  const scope = toScope(row.scope_kind as MaintenanceScope['kind'], row.scope_values)
  return { ...toPlan(row), id, name, description, scope, announced, author }
}

export function maintenanceJson(spec: MaintenanceSpec): Record<string, unknown> {
  return {
    name: spec.name,
    description: spec.description,
    scope_kind: spec.scope.kind,
    scope_values: valuesOf(spec.scope),
    time_zone: spec.timeZone,
    start_date: spec.startDate,
    start_time_ms: spec.startTimeMs,
    duration_ms: spec.durationMs,
    recurrence: spec.recurrence,
    announced: spec.announced,
  }
}

export function occurrencesJson(occurrences: readonly Occurrence[]): { starts_at: string; ends_at: string }[] {
  return occurrences.map(({ startsAt, endsAt }) => ({ starts_at: toIso(startsAt), ends_at: toIso(endsAt) }))
}

export function toSpan(row: { starts_at: string; ends_at: string }): Occurrence {
  return { startsAt: fromIso(row.starts_at), endsAt: fromIso(row.ends_at) }
}

function valuesOf(scope: MaintenanceScope): readonly string[] {
  switch (scope.kind) {
    case 'project':
      return []
    case 'tags':
      return scope.tags
    case 'monitors':
      return scope.keys
  }
}
