import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { LatencyChart } from '@/app/_components/charts/latency-chart.tsx'
import { PhaseBar } from '@/app/_components/charts/phase-bar.tsx'
import { UptimeStrip } from '@/app/_components/charts/uptime-strip.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { SERIES_RANGES } from '@/lib/ports/monitor-reader.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'
import { lengthOf } from '@/lib/queries/state-spans.ts'
import { Figures } from './figures.tsx'
import { toStripCells, toTableRows } from './history-shapes.ts'

/** The chosen range as chart and figures. */
export function History(props: { view: MonitorView; marks: readonly LiveMark[]; path: string; timeZone: string }) {
  const { view, marks, path, timeZone } = props
  const t = useTranslations('monitor')
  const { history, monitor } = view
  const hasLatency = monitor.kind !== 'heartbeat'
  const finding = useFinding(view, marks.length, timeZone)
  const table = useTable(view, timeZone)
  return (
    <section aria-labelledby="history-title" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="history-title" className="text-base font-semibold">
          {t('history')}
        </h2>
        <SegmentedLinks
          label={t('range')}
          items={SERIES_RANGES.map((range) => ({
            href: `${path}?range=${range}`,
            label: t(`ranges.${range}`),
            current: range === history.range,
          }))}
        />
      </div>
      <Figures history={history} hasLatency={hasLatency} />
      <Figure title={hasLatency ? t('chart.latency') : t('chart.state')} finding={finding} table={table}>
        {hasLatency ? (
          <div className="pt-4">
            <LatencyChart
              points={history.points}
              stepMs={history.stepMs}
              fromAt={history.fromAt}
              toAt={history.toAt}
              timeZone={timeZone}
              label={finding}
              spans={history.spans}
              deployments={marks}
            />
          </div>
        ) : (
          <UptimeStrip cells={toStripCells(history, view.detail.createdAt)} label={finding} fluid />
        )}
      </Figure>
      {hasLatency && Object.keys(history.phases).length > 1 && (
        <div className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">{t('meanPhases')}</h3>
          <PhaseBar phases={history.phases} />
        </div>
      )}
    </section>
  )
}

function useFinding({ history, monitor }: MonitorView, deployments: number, timeZone: string): string {
  const t = useTranslations('monitor.finding')
  const locale = useLocale()
  const { counts, spans, peak, outages, blips } = history
  if (counts.up + counts.degraded + counts.down === 0) return t('nothing')
  const lasting = (state: 'down' | 'degraded' | 'unknown' | 'maintenance') => lengthOf(spans, state)
  const length = (ms: number) => formatDuration(ms, locale)
  const down = outages.filter(({ kind }) => kind === 'down').length
  return [
    monitor.kind !== 'heartbeat' && peak && history.p95Ms !== null
      ? t('latency', {
          p95: formatLatency(history.p95Ms, locale),
          peak: formatLatency(peak.ms, locale),
          at: formatBriefIn(timeZone, peak.at, history.toAt, locale),
        })
      : '',
    down > 0 ? t('down', { count: down, lasted: length(lasting('down')) }) : t('noOutage'),
    lasting('degraded') > 0 ? t('degraded', { lasted: length(lasting('degraded')) }) : '',
    lasting('unknown') > 0 ? t('unknown', { lasted: length(lasting('unknown')) }) : '',
    lasting('maintenance') > 0 ? t('maintenance', { lasted: length(lasting('maintenance')) }) : '',
    blips > 0 ? t('blips', { count: blips }) : '',
    deployments > 0 && monitor.kind !== 'heartbeat' ? t('deployments', { count: deployments }) : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function useTable({ history, monitor }: MonitorView, timeZone: string) {
  const t = useTranslations('monitor.table')
  const states = useTranslations('states')
  const locale = useLocale()
  const hasLatency = monitor.kind !== 'heartbeat'
  const rows = toTableRows(history.points).map((row) => [
    formatBriefIn(timeZone, row.at, history.toAt, locale),
    states(row.state),
    ...(hasLatency ? [formatLatency(row.p50Ms, locale), formatLatency(row.p95Ms, locale)] : []),
  ])
  return { columns: [t('from'), t('worst'), ...(hasLatency ? [t('p50'), t('p95')] : [])], rows }
}
