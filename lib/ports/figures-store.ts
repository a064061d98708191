import type { Priority } from '../domain/monitor/severity.ts'
import type { Instant } from '../domain/time/instant.ts'

/** How a project's alarms are doing, in database time. */
export interface ProjectFigures {
  now: Instant
  /** Priorities without one are absent. */
  openIncidents: Partial<Record<Priority, number>>
  /** Finished attempts by outcome, of all time. */
  deliveries: Record<string, number>
  pendingNotifications: number
  /** When the message that has waited longest was decided; null when none waits. */
  oldestPendingAt: Instant | null
  deadNotifications: number
  /** Last good end of a tick; null before the first. */
  tickSucceededAt: Instant | null
  /** What applications sent since midnight UTC. `code` says why something was not taken; empty for what was. */
  ingest: readonly { source: string; code: string; count: number }[]
}

export interface FiguresStore {
  readFigures(projectId: string): Promise<ProjectFigures>
}
