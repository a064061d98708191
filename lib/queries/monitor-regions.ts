import { translateRegionReason } from '../domain/notification/region-reason-fr.ts'
import type { Verdict } from '../domain/probe/outcome.ts'
import { uptimeOf } from '../domain/rollup/uptime.ts'
import { quantile } from '../domain/series/histogram.ts'
import { type Instant, toIso } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { RegionFacts, RegionResult } from '../ports/monitor-reader.ts'
import { describeProblem } from './monitor-row.ts'

/** One region of a monitor, worded for its reader. */
export interface ShownRegion {
  region: string
  /** `pending`: it has not been asked yet. */
  state: Verdict | 'unknown' | 'pending'
  /** Slot of the state. */
  at: Instant | null
  /** Why it is not up, or cannot tell; null where it is up. */
  problem: string | null
  /** Over the range; null where nothing was measured. */
  p50Ms: number | null
  p95Ms: number | null
  uptime: number | null
  /** Of the last week. */
  lastFailure: { at: Instant; problem: string } | null
  /** Its control targets are silent: nothing that fails there is believed. */
  isCutOff: boolean
}

export function showRegion({ region, last, lastFailure, counts, latency }: RegionFacts, locale: Locale): ShownRegion {
  const at = (share: number) => (latency === null ? null : quantile(latency.histogram, share, latency))
  return {
    region,
    state: last?.verdict ?? 'pending',
    at: last?.slotAt ?? null,
    problem: last === null ? null : describeSeen(last, locale),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    uptime: uptimeOf(counts).uptime,
    lastFailure: lastFailure && { at: lastFailure.slotAt, problem: describeSeen(lastFailure, locale) ?? '' },
    isCutOff: last?.verdict === 'unknown' && (last.message ?? '').includes('is cut off'),
  }
}

function describeSeen(seen: Omit<RegionResult, 'region'>, locale: Locale): string | null {
  const { verdict, cause, latencyMs, slotAt } = seen
  const message = seen.message ?? ''
  if (verdict === 'up') return null
  if (verdict === 'unknown') return locale === 'fr' ? translateRegionReason(message) : message
  const found = { at: toIso(slotAt), verdict, cause, message, statusCode: null, latencyMs, failures: [] }
  return locale === 'fr' ? describeProblem(found, locale) : message
}
