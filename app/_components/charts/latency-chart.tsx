import { useLocale, useTranslations } from 'next-intl'
import { formatLatency } from '../../../lib/domain/rollup/format-figures.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { DeploymentMarks } from './deployment-marks.tsx'
import { layOutLatency, PLOT } from './latency-layout.ts'
import { LatencyLines } from './latency-lines.tsx'
import { LineEnds } from './line-ends.tsx'
import { StateBands } from './state-bands.tsx'
import { toStateSpans } from './state-spans.ts'
import { TimeAxis } from './time-axis.tsx'
import type { DeploymentMark, LatencyPoint, StateSpan } from './types.ts'

/**
 * Response time over a range: the p50 as a line, the stretch up to p95 as a band, so that no average hides a spike; what was
 * not up stands behind it as labelled bands, unknown hatched; gaps stay gaps. The SVG stretches to the page while every text
 * is HTML, which keeps 12 px at 12 px on a phone.
 */
export function LatencyChart(props: {
  points: readonly LatencyPoint[]
  /** Length of one bucket. */
  stepMs: number
  fromAt: Instant
  toAt: Instant
  timeZone: string
  /** The finding in words; stands for the drawing where it cannot be seen. */
  label: string
  /** Exact stretches of what was not up, where they are known better than to the bucket. */
  spans?: readonly StateSpan[] | undefined
  deployments?: readonly DeploymentMark[] | undefined
  scale?: 'linear' | 'log' | undefined
  /** Name of the line where `p50` holds every single answer and `p95` is null. */
  lineName?: string | undefined
}) {
  const t = useTranslations('charts')
  const locale = useLocale()
  const range = { fromAt: props.fromAt, toAt: props.toAt }
  const layout = layOutLatency(props.points, props.stepMs, range, props.scale ?? 'linear')
  const spans = props.spans ?? toStateSpans(props.points, props.stepMs, props.fromAt, props.toAt)
  return (
    <div role="img" aria-label={props.label} className="@container text-xs text-ink-muted tabular-nums">
      <p className="mb-6">{t('responseTimeAxis')}</p>
      <div className="grid grid-cols-[3rem_1fr_4rem] gap-x-2">
        <div className="relative" style={{ height: PLOT.height }}>
          {layout.ticks.map(({ ms, top }) => (
            <span key={ms} className="absolute right-0 -translate-y-1/2" style={{ top: `${top * 100}%` }}>
              {formatLatency(ms, locale)}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: PLOT.height }}>
          <StateBands spans={spans} range={range} />
          <LatencyLines layout={layout} />
          <DeploymentMarks deployments={props.deployments ?? []} range={range} />
        </div>
        <LineEnds ends={layout.ends} name={props.lineName} />
        <div />
        <TimeAxis range={range} timeZone={props.timeZone} />
      </div>
    </div>
  )
}
