import { useLocale } from 'next-intl'
import { DeploymentMarks } from '@/app/_components/charts/deployment-marks.tsx'
import { PLOT } from '@/app/_components/charts/latency-layout.ts'
import { layOutSeries } from '@/app/_components/charts/series-layout.ts'
import { lineStyle } from '@/app/_components/charts/series-style.ts'
import { TimeAxis } from '@/app/_components/charts/time-axis.tsx'
import type { DeploymentMark } from '@/app/_components/charts/types.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Vital } from '@/lib/domain/vital/vital.ts'
import type { VitalPoint } from '@/lib/ports/vital-reader.ts'
import { formatVital } from './format-vital.ts'

export interface Limit {
  value: number
  label: string
}

/** p75 over time with the limits that it is held against. Text is HTML over a drawing that stretches. */
export function VitalChart(props: {
  vital: Vital
  points: readonly VitalPoint[]
  /** At most two, the lower one first. */
  limits: readonly Limit[]
  stepMs: number
  fromAt: Instant
  toAt: Instant
  timeZone: string
  label: string
  deployments: readonly DeploymentMark[]
}) {
  const locale = useLocale()
  const range = { fromAt: props.fromAt, toAt: props.toAt }
  const line = { group: [], points: props.points.map(({ at, p75 }) => ({ at, value: p75 })) }
  // Laid out as a line of their own, so that the axis reaches them.
  const bounds = { group: [], points: props.limits.map(({ value }, index) => ({ at: props.fromAt + index, value })) }
  const { ticks, paths } = layOutSeries([line, bounds], props.stepMs, range)
  const highest = ticks.at(-1)?.value ?? 1
  const topOf = (value: number) => 1 - value / highest
  return (
    <div role="img" aria-label={props.label} className="@container text-xs text-ink-muted tabular-nums">
      <div className="grid grid-cols-[4rem_1fr] gap-x-2 pt-4">
        <div className="relative" style={{ height: PLOT.height }}>
          {ticks.map(({ value, top }) => (
            <span
              key={value}
              className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
              style={{ top: `${top * 100}%` }}
            >
              {formatVital(props.vital, value, locale)}
            </span>
          ))}
        </div>
        <div className="relative">
          <svg
            viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="w-full overflow-visible"
            style={{ height: PLOT.height }}
          >
            {ticks.map(({ value, top }) => (
              <path
                key={value}
                d={`M0 ${top * PLOT.height}H${PLOT.width}`}
                vectorEffect="non-scaling-stroke"
                className={value === 0 ? 'stroke-line-strong' : 'stroke-line'}
              />
            ))}
            {props.limits.map(({ value }, index) => (
              <path
                key={value}
                d={`M0 ${topOf(value) * PLOT.height}H${PLOT.width}`}
                vectorEffect="non-scaling-stroke"
                strokeWidth="1.5"
                strokeDasharray="5 4"
                className={index === 0 && props.limits.length > 1 ? 'stroke-up' : 'stroke-degraded'}
              />
            ))}
            <path
              d={paths[0]}
              fill="none"
              // One point alone has no length: a dot that can be seen.
              strokeWidth={props.points.length === 1 ? 7 : 2}
              strokeLinecap="round"
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
              {...lineStyle(0)}
            />
          </svg>
          {props.limits.map(({ value, label }, index) => (
            <span
              key={value}
              // One under its line and one over it, at either end: where the axis is long, the two lie close together.
              className={`absolute bg-canvas/80 px-1 ${index === 0 && props.limits.length > 1 ? 'left-0 text-up' : 'right-0 -translate-y-full text-degraded'}`}
              style={{ top: `${topOf(value) * 100}%` }}
            >
              {label}
            </span>
          ))}
          <DeploymentMarks deployments={props.deployments} range={range} />
        </div>
        <div />
        <TimeAxis range={range} timeZone={props.timeZone} />
      </div>
    </div>
  )
}
