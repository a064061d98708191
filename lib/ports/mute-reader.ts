import type { MaintenanceOccurrence, MaintenancePlan, MaintenanceScope } from '../domain/mute/maintenance.ts'
import type { DeployMute } from '../domain/mute/schema.ts'
import type { Instant } from '../domain/time/instant.ts'

export interface ListedSilence {
  id: string
  /** As they are written: `severity="low"`. */
  matchers: string[]
  startsAt: Instant
  endsAt: Instant
  author: string
  comment: string
}

export interface ListedMaintenance extends MaintenancePlan {
  id: string
  name: string
  description: string
  scope: MaintenanceScope
  announced: boolean
  author: string
}

export type ListedOccurrence = MaintenanceOccurrence & { windowId: string }

/** Reads silences and maintenance as the signed-in person may see them. */
export interface MuteReader {
  /** Newest end first, at most 300: what is not over, and what was over last. */
  listSilences(projectId: string): Promise<ListedSilence[]>
  /** Those that were not cancelled, by name, at most 300. */
  listMaintenance(projectId: string): Promise<ListedMaintenance[]>
  findMaintenance(projectId: string, windowId: string): Promise<ListedMaintenance | null>
  readDeployMute(projectId: string): Promise<DeployMute>
  /** What takes place in `from <= at < until`, in order; at most 500. */
  listOccurrences(projectId: string, from: Instant, until: Instant): Promise<ListedOccurrence[]>
}
