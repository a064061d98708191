import { useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { LatencyChart } from '@/app/_components/charts/latency-chart.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import type { IncidentView } from '@/lib/queries/incident.ts'

/** Response times around the start of the failure, every answer on its own. */
export function IncidentChart(props: { view: IncidentView; marks: readonly LiveMark[]; place: Place }) {
  const { view, marks, place } = props
  const t = useTranslations('incident.chart')
  const states = useTranslations('states')
  const { chart } = view
  if (chart === null) return null
  const { timeZone, locale } = place
  const count = chart.points.filter(({ state }) => state === 'down').length
  const finding = t(chart.usualMs === null ? 'findingWithoutUsual' : 'finding', {
    usual: formatLatency(chart.usualMs, locale),
    slowest: formatLatency(chart.slowestMs, locale),
    down: count,
    total: chart.points.length,
  })
  return (
    <Figure
      title={t('title', { monitor: chart.monitorName })}
      finding={finding}
      table={{
        columns: [t('time'), t('state'), t('latency')],
        rows: chart.points.map(({ at, state, ms }) => [
          formatTimeWithSecondsIn(timeZone, at),
          states(state),
          formatLatency(ms, locale),
        ]),
      }}
    >
      <LatencyChart
        points={chart.points.map(({ at, ms, state }) => ({ at, p50: ms, p95: null, state }))}
        stepMs={chart.stepMs}
        fromAt={chart.from}
        toAt={chart.until}
        timeZone={timeZone}
        label={finding}
        lineName={t('last')}
        deployments={marks}
      />
    </Figure>
  )
}
