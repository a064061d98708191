import { useLocale, useTranslations } from 'next-intl'
import { formatLatency } from '../../../lib/domain/rollup/format-figures.ts'
import { type LatencyLayout, PLOT } from './latency-layout.ts'

/** The plot is stretched to the page; strokes keep their width. */
const STRETCHED = { vectorEffect: 'non-scaling-stroke', strokeLinecap: 'round', strokeLinejoin: 'round' } as const

/** Grid, band and lines of a latency chart, and the label of its highest point. */
export function LatencyLines({ layout }: { layout: LatencyLayout }) {
  const t = useTranslations('charts')
  const locale = useLocale()
  return (
    <>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
      >
        {layout.ticks.map(({ ms, top }) => (
          <path
            key={ms}
            d={`M0 ${top * PLOT.height}H${PLOT.width}`}
            stroke={top === 1 ? 'var(--line-strong)' : 'var(--line)'}
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d={layout.band} fill="var(--accent-strip)" fillOpacity="0.18" />
        <path
          d={layout.p95}
          fill="none"
          stroke="var(--accent-strip)"
          strokeOpacity="0.55"
          strokeWidth="1"
          {...STRETCHED}
        />
        <path d={layout.p50} fill="none" stroke="var(--accent)" strokeWidth="1.75" {...STRETCHED} />
      </svg>
      {layout.peak && (
        <span
          className={`absolute -translate-y-full rounded-sm bg-canvas/80 px-1 whitespace-nowrap text-ink ${layout.peak.left > 0.5 ? '-translate-x-full' : ''}`}
          style={{ left: `${layout.peak.left * 100}%`, top: `${layout.peak.top * 100}%` }}
        >
          {t('peak', { value: formatLatency(layout.peak.ms, locale) })}
        </span>
      )}
    </>
  )
}
