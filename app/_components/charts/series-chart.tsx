import { useLocale } from 'next-intl'
import { formatValue } from '../../../lib/domain/rollup/format-value.ts'
import type { SeriesLine } from '../../../lib/domain/series/question.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { type AlertBand, AlertBands } from './alert-bands.tsx'
import { DeploymentMarks } from './deployment-marks.tsx'
import { PLOT } from './latency-layout.ts'
import { layOutSeries } from './series-layout.ts'
import { lineStyle } from './series-style.ts'
import { TimeAxis } from './time-axis.tsx'
import type { DeploymentMark } from './types.ts'

/** Up to twelve lines of one metric. Text is HTML over a drawing that stretches, as in the latency chart. */
export function SeriesChart(props: {
  lines: readonly SeriesLine[]
  unit: string
  stepMs: number
  fromAt: Instant
  toAt: Instant
  timeZone: string
  /** The values that there can be, from one end of the axis to the other; absent where the lines decide. */
  scale?: readonly number[]
  /** The finding in words; stands for the drawing where it cannot be seen. */
  label: string
  deployments?: readonly DeploymentMark[] | undefined
  /** What should not be passed, drawn in, with its name. */
  limit?: { value: number; label: string } | undefined
  /** A limit that moves with the hour: its course, in order of time. */
  movingLimit?: SeriesLine['points'] | undefined
  /** When alerts fired, in order of time. */
  alerts?: readonly AlertBand[] | undefined
}) {
  const locale = useLocale()
  const range = { fromAt: props.fromAt, toAt: props.toAt }
  const { lines, stepMs, limit, scale, movingLimit = [] } = props
  const drawn = movingLimit.length === 0 ? lines : [...lines, { group: [], points: movingLimit }]
  const layout = layOutSeries(drawn, stepMs, range, { limit: limit?.value ?? null, scale })
  return (
    <div role="img" aria-label={props.label} className="@container text-xs text-ink-muted tabular-nums">
      <div className={`grid grid-cols-[4rem_1fr] gap-x-2 ${props.alerts?.length ? 'pt-5' : 'pt-2'}`}>
        <div className="relative" style={{ height: PLOT.height }}>
          {layout.ticks.map(({ value, top }) => (
            <span
              key={value}
              className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
              style={{ top: `${top * 100}%` }}
            >
              {formatValue(value, props.unit, locale)}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: PLOT.height }}>
          <svg
            viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="w-full overflow-visible"
            style={{ height: PLOT.height }}
          >
            {layout.ticks.map(({ value, top }) => (
              <path
                key={value}
                d={`M0 ${top * PLOT.height}H${PLOT.width}`}
                vectorEffect="non-scaling-stroke"
                className={value === 0 ? 'stroke-line-strong' : 'stroke-line'}
              />
            ))}
            {layout.limitTop !== null && (
              <path
                d={`M0 ${layout.limitTop * PLOT.height}H${PLOT.width}`}
                vectorEffect="non-scaling-stroke"
                strokeDasharray="4 4"
                className="stroke-degraded"
              />
            )}
            {layout.paths.map((path, index) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own when nothing is split
                key={index}
                d={path}
                fill="none"
                strokeWidth="1.5"
                strokeLinecap="round"
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
                {...(index < lines.length ? lineStyle(index) : MOVING_LIMIT)}
              />
            ))}
          </svg>
          <AlertBands bands={props.alerts ?? []} range={range} />
          <DeploymentMarks deployments={props.deployments ?? []} range={range} />
          {props.limit && layout.limitTop !== null && (
            <span
              className={`absolute right-0 rounded-sm bg-canvas/80 px-1 text-degraded ${layout.limitTop < 0.1 ? 'mt-0.5' : '-translate-y-full'}`}
              style={{ top: `${layout.limitTop * 100}%` }}
            >
              {props.limit.label}
            </span>
          )}
        </div>
        <div />
        <TimeAxis range={range} timeZone={props.timeZone} />
      </div>
    </div>
  )
}

/** Drawn like a limit that stays. */
const MOVING_LIMIT = { stroke: 'var(--degraded)', strokeDasharray: '4 4' }
