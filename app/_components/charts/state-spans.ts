import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { LatencyPoint, SeriesState, StateSpan } from './types.ts'

/**
 * Joins neighbouring buckets of one state into spans, and fills what no bucket covers with unknown: silence is never read as
 * up. `stepMs` is the length of a bucket; points are in the order of time.
 */
export function toStateSpans(
  points: readonly LatencyPoint[],
  stepMs: number,
  fromAt: Instant,
  toAt: Instant,
): StateSpan[] {
  const spans: StateSpan[] = []
  let cursor = fromAt
  for (const point of points) {
    const start = Math.max(point.at, cursor)
    const end = Math.min(point.at + stepMs, toAt)
    if (end <= start) continue
    append(spans, cursor, start, 'unknown')
    append(spans, start, end, point.state)
    cursor = end
  }
  append(spans, cursor, toAt, 'unknown')
  return spans
}

function append(spans: StateSpan[], fromAt: Instant, toAt: Instant, state: SeriesState): void {
  if (toAt <= fromAt) return
  const last = spans.at(-1)
  if (last && last.state === state && last.toAt === fromAt) last.toAt = toAt
  else spans.push({ fromAt, toAt, state })
}
