import type { Instant } from '../../../lib/domain/time/instant.ts'
import { bandPath, linePath, type MaybePoint } from './line-path.ts'
import { createLinearScale, createLogScale, linearTicks, logTicks, type Scale } from './scale.ts'
import type { LatencyPoint } from './types.ts'

/** Plots are drawn in a box of this size and stretched to the page; strokes are told not to stretch. */
export const PLOT = { width: 1_000, height: 220 } as const

export interface LatencyLayout {
  band: string
  p50: string
  p95: string
  /** Share of the height from the top, 0 to 1, and the value in ms. */
  ticks: { top: number; ms: number }[]
  /** Last measured value of each line, for its label at the right edge. */
  ends: { series: 'p50' | 'p95'; top: number; ms: number }[]
  /** The highest p95: an average must never hide it. */
  peak: { left: number; top: number; ms: number } | null
}

/** Turns a latency series into paths and positions. `log` suits series whose spikes dwarf their norm. */
export function layOutLatency(
  points: readonly LatencyPoint[],
  stepMs: number,
  range: { fromAt: Instant; toAt: Instant },
  scale: 'linear' | 'log',
): LatencyLayout {
  const values = points.flatMap(({ p50, p95 }) => [p50 ?? 0, p95 ?? 0]).filter((ms) => ms > 0)
  // Nothing measured has no magnitude to start a logarithm from: an empty axis is linear.
  const kind = values.length === 0 ? 'linear' : scale
  const ticks = ticksOf(values, kind)
  const x = createLinearScale([range.fromAt, range.toAt], PLOT.width)
  const y = yScale(ticks, kind)
  const place = (value: (point: LatencyPoint) => number | null): MaybePoint[] =>
    withGaps(points, stepMs).map((point) => {
      const ms = point && value(point)
      return point === null || ms === null ? null : [x(point.at + stepMs / 2), PLOT.height - y(ms)]
    })
  const upper = place((point) => point.p95)
  const lower = place((point) => point.p50)
  const top = (ms: number) => 1 - y(ms) / PLOT.height
  const heightOf = (point: LatencyPoint | null) => point?.p95 ?? point?.p50 ?? null
  const peak = points.reduce<LatencyPoint | null>(
    (best, p) => ((heightOf(p) ?? -1) > (heightOf(best) ?? -1) ? p : best),
    null,
  )
  const peakMs = heightOf(peak)
  return {
    band: bandPath(upper, lower),
    p50: linePath(lower),
    p95: linePath(upper),
    ticks: ticks.map((ms) => ({ ms, top: top(ms) })),
    ends: (['p95', 'p50'] as const).flatMap((series) => {
      const ms = points.findLast((point) => point[series] !== null)?.[series] ?? null
      return ms === null ? [] : [{ series, ms, top: top(ms) }]
    }),
    peak:
      peak === null || peakMs === null
        ? null
        : { left: x(peak.at + stepMs / 2) / PLOT.width, top: top(peakMs), ms: peakMs },
  }
}

function ticksOf(values: readonly number[], kind: 'linear' | 'log'): number[] {
  if (values.length === 0) return linearTicks(100)
  const max = Math.max(...values)
  return kind === 'log' ? logTicks(Math.min(...values), max) : linearTicks(max)
}

function yScale(ticks: readonly number[], kind: 'linear' | 'log'): Scale {
  const domain = [ticks[0] ?? 0, ticks.at(-1) ?? 1] as const
  return kind === 'log' ? createLogScale(domain, PLOT.height) : createLinearScale(domain, PLOT.height)
}

/** A bucket that is absent altogether is a gap as much as an empty one: a null stands in for it. */
function withGaps(points: readonly LatencyPoint[], stepMs: number): (LatencyPoint | null)[] {
  return points.flatMap((point, index) => {
    const previous = points[index - 1]
    return previous && point.at - previous.at > stepMs * 1.5 ? [null, point] : [point]
  })
}
