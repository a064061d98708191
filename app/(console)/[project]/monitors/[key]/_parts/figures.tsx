import { useLocale, useTranslations } from 'next-intl'
import { formatCoverage, formatLatency, formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { MonitorHistory } from '@/lib/queries/monitor-history.ts'

/** The figures of the range, each with its unit; coverage stands under uptime, because without it uptime means little. */
export function Figures({ history, hasLatency }: { history: MonitorHistory; hasLatency: boolean }) {
  const t = useTranslations('monitor.figures')
  const locale = useLocale()
  const outages = history.outages.filter(({ kind }) => kind === 'down').length
  const latency = hasLatency
    ? [
        { label: 'p50', value: formatLatency(history.p50Ms, locale), note: t('half') },
        { label: 'p95', value: formatLatency(history.p95Ms, locale), note: t('most') },
        { label: 'p99', value: formatLatency(history.p99Ms, locale), note: t('nearlyAll') },
      ]
    : []
  const figures = [
    {
      label: t('uptime'),
      value: formatUptime(history.uptime, locale, 3),
      note: [
        history.coverage === null ? t('nothing') : t('measured', { share: formatCoverage(history.coverage, locale) }),
        history.maintenanceMs === 0
          ? ''
          : t('withoutMaintenance', { length: formatDuration(history.maintenanceMs, locale) }),
      ]
        .filter(Boolean)
        .join(', '),
    },
    ...latency,
    {
      label: t('outages'),
      value: String(outages),
      note: outages === 0 ? t('noOutage') : t('downFor', { lasted: formatDuration(history.downMs, locale) }),
    },
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 border-y border-line py-4 sm:flex sm:flex-wrap sm:gap-x-10">
      {figures.map(({ label, value, note }) => (
        <div key={label} className="min-w-20">
          <dt className="text-sm text-ink-muted">{label}</dt>
          <dd>
            <span className="block text-xl font-semibold tracking-tight">{value}</span>
            <span className="block text-sm text-ink-muted">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
