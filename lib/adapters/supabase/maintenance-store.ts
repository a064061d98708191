import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { MaintenanceStore } from '../../ports/maintenance-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { occurrencesJson, type PlanRow, toPlan } from './maintenance-rows.ts'

type UnplannedRow = PlanRow & { id: string; planned_until: string; updated_at: string }

export function createMaintenanceStore(client: Client): MaintenanceStore {
  return {
    async listUnplanned(before) {
      const rows = await call(client, 'list_unplanned_maintenance', { p_before: toIso(before) })
      return (rows as UnplannedRow[]).map((row) => ({
        ...toPlan(row),
        id: row.id,
        plannedUntil: fromIso(row.planned_until),
        updatedAt: row.updated_at,
      }))
    },

    async plan(window, { occurrences, plannedUntil }) {
      return (await call(client, 'plan_maintenance', {
        p_window_id: window.id,
        p_updated_at: window.updatedAt,
        p_occurrences: { occurrences: occurrencesJson(occurrences) },
        p_planned_until: toIso(plannedUntil),
      })) as boolean
    },
  }
}
