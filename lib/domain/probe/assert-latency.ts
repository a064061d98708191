import type { Finding } from './finding.ts'
import { describeMs } from './quote.ts'

/** Slower than the limit is degraded, never down: the target did answer. The whole probe counts, body included. */
export function assertLatency(limitMs: number | undefined, durationMs: number): Finding[] {
  if (limitMs === undefined || durationMs <= limitMs) return []
  const got = describeMs(durationMs)
  const expected = `at most ${describeMs(limitMs)}`
  return [
    {
      verdict: 'degraded',
      cause: 'latency',
      failure: { subject: 'latency', expected, got },
      sentence: `took ${got}, expected ${expected}`,
    },
  ]
}
