import { formatValue } from '../../../lib/domain/rollup/format-value.ts'
import type { Limits, PanelPoint } from '../../../lib/domain/series/panel.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { linePath, type MaybePoint } from '../charts/line-path.ts'
import { createLinearScale, linearTicks } from '../charts/scale.ts'
import { TimeAxis } from '../charts/time-axis.tsx'

const PLOT = { width: 1_000, height: 96 } as const

/** The course of one figure from zero up, with the limits that lie within or just above it drawn in. */
export function PanelChart(props: {
  points: readonly PanelPoint[]
  limits: Limits | null
  unit: string
  stepMs: number
  range: { fromAt: Instant; toAt: Instant }
  timeZone: string
  locale: Locale
  /** The finding in words; stands for the drawing where it cannot be seen. */
  label: string
}) {
  const { points, stepMs, range, unit, locale } = props
  const highest = Math.max(0, ...points.map(({ value }) => value))
  const limits = limitsWithin(props.limits, highest)
  // A figure far below its limit keeps its own scale: a flat line under a far limit shows nothing.
  const ticks = linearTicks(Math.max(highest, ...limits), 3)
  const top = ticks.at(-1) ?? 1
  const x = createLinearScale([range.fromAt, range.toAt], PLOT.width)
  const y = createLinearScale([0, top], PLOT.height)
  const places = points.flatMap(({ at, value }, index): MaybePoint[] => {
    const place = [x(at + stepMs / 2), PLOT.height - y(value)] as const
    const before = points[index - 1]
    return before !== undefined && at - before.at > stepMs * 1.5 ? [null, place] : [place]
  })
  return (
    <div role="img" aria-label={props.label} className="@container text-xs text-ink-muted tabular-nums">
      <div className="grid grid-cols-[3.5rem_1fr] gap-x-2 pt-2">
        <div className="relative" style={{ height: PLOT.height }}>
          {[0, top].map((value) => (
            <span
              key={value}
              className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
              style={{ top: `${100 - (y(value) / PLOT.height) * 100}%` }}
            >
              {formatValue(value, unit, locale)}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="w-full overflow-visible"
          style={{ height: PLOT.height }}
        >
          {[0, top].map((value) => (
            <path
              key={value}
              d={`M0 ${PLOT.height - y(value)}H${PLOT.width}`}
              vectorEffect="non-scaling-stroke"
              className={value === 0 ? 'stroke-line-strong' : 'stroke-line'}
            />
          ))}
          {limits.map((value) => (
            <path
              key={value}
              d={`M0 ${PLOT.height - y(value)}H${PLOT.width}`}
              vectorEffect="non-scaling-stroke"
              strokeDasharray="4 4"
              className="stroke-degraded"
            />
          ))}
          <path
            d={linePath(places)}
            fill="none"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
            stroke="var(--series-1)"
          />
        </svg>
        <div />
        <TimeAxis range={range} timeZone={props.timeZone} />
      </div>
    </div>
  )
}

/** Limits that the figure has come near: half of one is near. Below-limits are always within the scale of what should stay above them. */
function limitsWithin(limits: Limits | null, highest: number): number[] {
  if (limits === null) return []
  const all = [limits.warning, ...(limits.critical === null ? [] : [limits.critical])]
  return limits.direction === 'below' ? all : all.filter((limit) => limit <= highest * 2)
}
