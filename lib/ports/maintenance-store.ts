import type { MaintenancePlan } from '../domain/mute/maintenance.ts'
import type { PlannedTimes } from '../domain/mute/plan-ahead.ts'
import type { Instant } from '../domain/time/instant.ts'

export interface UnplannedMaintenance extends MaintenancePlan {
  id: string
  plannedUntil: Instant
  /** As the store wrote it: what was changed since is not planned by this. */
  updatedAt: string
}

/** The machine's side of recurring maintenance. */
export interface MaintenanceStore {
  listUnplanned(before: Instant): Promise<UnplannedMaintenance[]>
  /** False when it was changed, cancelled or planned meanwhile. */
  plan(window: UnplannedMaintenance, times: PlannedTimes): Promise<boolean>
}
