import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import { formatLatency, formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'
import type { ShownRegion } from '@/lib/queries/monitor-regions.ts'

/** One line a region: what it sees now, and how it went over the range of the history. Nothing where one place alone looks. */
export function Regions({ view, timeZone }: { view: MonitorView; timeZone: string }) {
  const t = useTranslations('monitor.regions')
  const columns = useColumns(view, timeZone)
  const { regions, monitor } = view
  if (monitor.regions.length < 2) return null
  const count = regions.filter(({ state }) => state === 'up').length
  const rule = typeof monitor.quorum === 'number' ? 'number' : monitor.quorum
  return (
    <Section
      title={t('title')}
      description={`${t('lead', { count, total: regions.length })} ${t(`quorum.${rule}`, { count: Number(monitor.quorum) || 0 })}`}
    >
      <DataTable caption={t('title')} columns={columns} rows={regions} rowKey={({ region }) => region} />
    </Section>
  )
}

function useColumns(view: MonitorView, timeZone: string): Column<ShownRegion>[] {
  const t = useTranslations('monitor.regions')
  const locale = useLocale()
  const none = <span className="text-ink-faint">–</span>
  return [
    {
      key: 'region',
      header: t('region'),
      width: '7rem',
      cell: ({ region }) => <code className="font-mono text-sm">{region}</code>,
    },
    {
      key: 'state',
      header: t('state'),
      phone: 'aside',
      width: '8rem',
      cell: ({ state }) => <StateBadge state={state} plain />,
    },
    {
      key: 'why',
      header: t('why'),
      phone: 'plain',
      cell: ({ problem }) => (problem === null ? none : <span className="[overflow-wrap:anywhere]">{problem}</span>),
    },
    {
      key: 'p50',
      header: t('p50'),
      align: 'right',
      phone: 'detail',
      width: '5.5rem',
      cell: ({ p50Ms }) => formatLatency(p50Ms, locale),
    },
    {
      key: 'p95',
      header: t('p95'),
      align: 'right',
      phone: 'detail',
      width: '5.5rem',
      cell: ({ p95Ms }) => formatLatency(p95Ms, locale),
    },
    {
      key: 'uptime',
      header: t('uptime'),
      align: 'right',
      phone: 'detail',
      width: '6rem',
      cell: ({ uptime }) => formatUptime(uptime, locale),
    },
    {
      key: 'lastFailure',
      header: t('lastFailure'),
      phone: 'detail',
      hideOnTablet: true,
      width: '9rem',
      cell: ({ lastFailure }) =>
        lastFailure === null ? none : formatBriefIn(timeZone, lastFailure.at, view.detail.now, locale),
    },
  ]
}
