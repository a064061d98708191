import type { KpiFigure } from '../domain/kpi/figure.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A KPI as its page shows it. */
export interface ListedKpi extends Omit<KpiFigure, 'beforeValue'> {
  /** Null for a metric `business.*` that is pushed without being described. */
  id: string | null
  query: string | null
  schedule: string | null
  timeZone: string | null
  nextRunAt: Instant | null
  /** Whether the role of the connection could change anything, when somebody last looked; null when nobody did. */
  canWrite: boolean | null
  /** Described by a vigie.yaml: changes on the page are overwritten by the next apply. */
  isManagedByFile: boolean
  /** The last value of each six hours of the last 30 days, oldest first; hours without one are left out. */
  points: { at: Instant; value: number }[]
}

/** Reads KPIs as the signed-in person may see them. */
export interface KpiReader {
  list(projectId: string): Promise<ListedKpi[]>
  /** Ids of the channels that get the daily digest. */
  listDigestChannels(projectId: string): Promise<string[]>
}
