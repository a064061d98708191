import type { MonitorFigures, ReportFigures, SpanFigures } from '../../../lib/domain/report/figures.ts'
import { HOUR, type Instant } from '../../../lib/domain/time/instant.ts'

/** Key of a latency, computed here for tests alone; the product computes it in the database. */
export function keyOf(latencyMs: number): number {
  return latencyMs > 0 ? Math.ceil(Math.log2(latencyMs) * 64) - 1 : -32768
}

/** What was measured when probes took these times; `down`, `degraded` and `unknown` come on top of them. */
export function spanOf(
  latenciesMs: readonly number[],
  { down = 0, degraded = 0, unknown = 0 }: { down?: number; degraded?: number; unknown?: number } = {},
): SpanFigures {
  const counts = new Map<number, number>()
  for (const ms of latenciesMs) counts.set(keyOf(ms), (counts.get(keyOf(ms)) ?? 0) + 1)
  const keys = [...counts.keys()].sort((one, other) => one - other)
  return {
    counts: { up: latenciesMs.length - degraded, degraded, down, unknown },
    latencyCount: latenciesMs.length,
    latencySumMs: latenciesMs.reduce((sum, ms) => sum + ms, 0),
    latencyMinMs: latenciesMs.length === 0 ? null : Math.min(...latenciesMs),
    latencyMaxMs: latenciesMs.length === 0 ? null : Math.max(...latenciesMs),
    histogram: { keys, counts: keys.map((key) => counts.get(key) ?? 0) },
  }
}

export function monitorOf(key: string, span: SpanFigures): MonitorFigures {
  return { key, name: key, ...span }
}

/** `count` latencies around `middleMs` with a tail, the same at every call. */
export function latenciesAround(middleMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const share = ((index * 7919) % count) / count
    return (
      Math.round((middleMs * (0.7 + 0.5 * share) + (share > 0.93 ? middleMs * 2 * (share - 0.9) * 10 : 0)) * 10) / 10
    )
  })
}

export const NO_FIGURES: ReportFigures = {
  monitors: [],
  days: [],
  incidents: [],
  deployments: null,
  satisfaction: null,
}

/** One measured day of all monitors; `at` is noon of the day in a zone near UTC. */
export function dayOf(startAt: Instant, index: number, span: SpanFigures): ReportFigures['days'][number] {
  return { at: startAt + index * 24 * HOUR + 12 * HOUR, ...span }
}
