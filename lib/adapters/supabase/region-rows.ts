import { fromIso } from '../../domain/time/instant.ts'
import type { RegionFacts, RegionResult } from '../../ports/monitor-reader.ts'
import { toDistribution } from './monitor-list-rows.ts'

/** What `region_results` holds, and how it becomes values. */
export interface RegionResultRow {
  slot_at: string
  verdict: RegionResult['verdict']
  latency_ms: number | null
  cause: string | null
  message: string | null
}

export interface RegionRow {
  region: string
  last: RegionResultRow | null
  last_failure: RegionResultRow | null
  up: number
  degraded: number
  down: number
  unknown: number
  latency_min_ms: number | null
  latency_max_ms: number | null
  histogram_keys: number[]
  histogram_counts: number[]
}

export function toRegionFacts(row: RegionRow): RegionFacts {
  const { up, degraded, down, unknown } = row
  return {
    region: row.region,
    last: row.last && toSeen(row.last),
    lastFailure: row.last_failure && toSeen(row.last_failure),
    counts: { up, degraded, down, unknown },
    latency: toDistribution({
      keys: row.histogram_keys,
      counts: row.histogram_counts,
      min_ms: row.latency_min_ms,
      max_ms: row.latency_max_ms,
    }),
  }
}

export function toSeen(row: RegionResultRow): Omit<RegionResult, 'region'> {
  const { verdict, cause, message } = row
  return { slotAt: fromIso(row.slot_at), verdict, latencyMs: row.latency_ms, cause, message }
}
