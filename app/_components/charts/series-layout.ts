import type { SeriesLine } from '../../../lib/domain/series/question.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { PLOT } from './latency-layout.ts'
import { linePath, type MaybePoint } from './line-path.ts'
import { createLinearScale, linearTicks } from './scale.ts'

export interface SeriesLayout {
  paths: readonly string[]
  /** Share of the height from the top, 0 to 1. */
  ticks: readonly { top: number; value: number }[]
  /** The same for the limit; null without one. */
  limitTop: number | null
}

/**
 * Lines of one metric on one axis. It begins at zero, or below where values are: a cut axis makes a hill of a ripple. `scale` is for values
 * that can be no others, such as ratings: its first and last are the ends of the axis.
 */
export function layOutSeries(
  lines: readonly SeriesLine[],
  stepMs: number,
  range: { fromAt: Instant; toAt: Instant },
  { limit = null, scale }: { limit?: number | null; scale?: readonly number[] | undefined } = {},
): SeriesLayout {
  const ticks = scale ?? ticksOf(lines, limit ?? 0)
  const x = createLinearScale([range.fromAt, range.toAt], PLOT.width)
  const y = createLinearScale([ticks[0] ?? 0, ticks.at(-1) ?? 1], PLOT.height)
  return {
    paths: lines.map(({ points }) =>
      linePath(
        points.flatMap(({ at, value }, index): MaybePoint[] => {
          const place = [x(at + stepMs / 2), PLOT.height - y(value)] as const
          const before = points[index - 1]
          return before !== undefined && at - before.at > stepMs * 1.5 ? [null, place] : [place]
        }),
      ),
    ),
    ticks: ticks.map((value) => ({ value, top: 1 - y(value) / PLOT.height })),
    limitTop: limit === null ? null : 1 - y(limit) / PLOT.height,
  }
}

function ticksOf(lines: readonly SeriesLine[], limit: number): number[] {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value))
  const highest = Math.max(0, limit, ...values)
  const lowest = Math.min(0, ...values)
  const up = highest === 0 && lowest < 0 ? [0] : linearTicks(highest)
  const down =
    lowest === 0
      ? []
      : linearTicks(-lowest)
          .slice(1)
          .map((value) => -value)
  return [...down.reverse(), ...up]
}
