import type { Instant } from '../domain/time/instant.ts'

export type SpanState = 'degraded' | 'down' | 'unknown' | 'maintenance' | 'paused'

/** A stretch of one state, half open. */
export interface StateStretch {
  fromAt: Instant
  toAt: Instant
  state: SpanState
}

/** Where stretches overlap the stronger fact wins: what was announced stands above what was seen, and that above what nobody looked at. */
const STRENGTH: Record<SpanState, number> = { maintenance: 4, down: 3, degraded: 2, paused: 1, unknown: 0 }

/**
 * Cuts stretches to a range and makes them disjoint, in the order of time: overlapping outages must not be drawn, or summed, twice.
 */
export function toDisjointSpans(
  stretches: readonly StateStretch[],
  range: { fromAt: Instant; toAt: Instant },
): StateStretch[] {
  const inside = stretches
    .map((span) => ({
      ...span,
      fromAt: Math.max(span.fromAt, range.fromAt),
      toAt: Math.min(span.toAt, range.toAt),
    }))
    .filter((span) => span.toAt > span.fromAt)
  const edges = [...new Set(inside.flatMap(({ fromAt, toAt }) => [fromAt, toAt]))].sort((one, other) => one - other)
  const spans: StateStretch[] = []
  for (const [index, fromAt] of edges.entries()) {
    const toAt = edges[index + 1]
    if (toAt === undefined) break
    const state = strongestAt(inside, fromAt)
    if (state === null) continue
    const last = spans.at(-1)
    if (last !== undefined && last.state === state && last.toAt === fromAt) last.toAt = toAt
    else spans.push({ fromAt, toAt, state })
  }
  return spans
}

/** Length of all stretches of one state; the stretches must be disjoint. */
export function lengthOf(spans: readonly StateStretch[], state: SpanState): number {
  return spans.reduce((sum, span) => (span.state === state ? sum + span.toAt - span.fromAt : sum), 0)
}

function strongestAt(spans: readonly StateStretch[], at: Instant): SpanState | null {
  let strongest: SpanState | null = null
  for (const { fromAt, toAt, state } of spans) {
    if (fromAt > at || toAt <= at) continue
    if (strongest === null || STRENGTH[state] > STRENGTH[strongest]) strongest = state
  }
  return strongest
}
