import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatBriefIn, formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { MonitorView, ShownResult } from '@/lib/queries/monitor.ts'

/** The stored results, newest first. Blips are told apart from plain successes. */
export function RecentResults(props: { view: MonitorView; path: string; before: Instant | null; timeZone: string }) {
  const t = useTranslations('monitor.results')
  const locale = useLocale()
  const { view, path, before, timeZone } = props
  const query = `range=${view.history.range}`
  const isHeartbeat = view.monitor.kind === 'heartbeat'
  const columns: Column<ShownResult>[] = [
    {
      key: 'at',
      header: t('at'),
      width: '10rem',
      phone: 'title',
      cell: ({ probedAt }) => (
        <span className="whitespace-nowrap tabular-nums">
          {formatWithSeconds(timeZone, probedAt, view.detail.now, locale)}
        </span>
      ),
    },
    {
      key: 'verdict',
      header: t('verdict'),
      width: '7.5rem',
      phone: 'aside',
      cell: ({ verdict }) => <StateBadge state={verdict} plain />,
    },
    ...(isHeartbeat
      ? []
      : ([
          {
            key: 'latency',
            header: t('latency'),
            align: 'right',
            width: '6rem',
            cell: ({ latencyMs }) => formatLatency(latencyMs, locale),
          },
          {
            key: 'status',
            header: t('status'),
            align: 'right',
            width: '5rem',
            phone: 'hide',
            cell: ({ statusCode }) => statusCode ?? <span className="text-ink-faint">–</span>,
          },
        ] satisfies Column<ShownResult>[])),
    ...(view.monitor.regions.length < 2
      ? []
      : ([
          {
            key: 'regions',
            header: t('regions'),
            phone: 'plain',
            width: '11rem',
            cell: (result) => <Seen result={result} />,
          },
        ] satisfies Column<ShownResult>[])),
    { key: 'what', header: t('what'), phone: 'plain', cell: (result) => <What result={result} /> },
  ]
  return (
    <Section title={t('title')}>
      {view.results.length === 0 ? (
        <p className="text-ink-muted">{before === null ? t('none') : t('noOlder')}</p>
      ) : (
        <DataTable caption={t('title')} columns={columns} rows={view.results} rowKey={({ slotAt }) => String(slotAt)} />
      )}
      <Pagination
        newerHref={before === null ? null : `${path}?${query}`}
        olderHref={view.olderThan === null ? null : `${path}?${query}&before=${view.olderThan}`}
      />
    </Section>
  )
}

/** Regions that saw something else than the verdict of all, by name; of the others their number is enough. */
function Seen({ result }: { result: ShownResult }) {
  const t = useTranslations('monitor.results')
  const { regions, verdict } = result
  if (regions.length === 0) return <span className="text-ink-faint">–</span>
  const others = (['down', 'degraded', 'up', 'unknown'] as const).flatMap((state) => {
    const names = regions.flatMap((one) => (one.verdict === state ? [one.region] : []))
    return state === verdict || names.length === 0 ? [] : [{ state, names }]
  })
  if (others.length === 0) return <span className="text-ink-muted">{t('regionsAll', { count: regions.length })}</span>
  return (
    <span className="flex flex-wrap gap-x-3">
      {others.map(({ state, names }) => (
        <span key={state} className="inline-flex items-center gap-1.5">
          <code className="font-mono text-sm">{names.join(', ')}</code>
          <StateBadge state={state} plain />
        </span>
      ))}
    </span>
  )
}

function What({ result }: { result: ShownResult }) {
  const t = useTranslations('monitor.results')
  if (result.isBlip) {
    return (
      <span className="[overflow-wrap:anywhere] text-degraded">{t('blip', { problem: result.problem ?? '' })}</span>
    )
  }
  if (result.problem === null) return <span className="text-ink-faint">–</span>
  return (
    <span className="[overflow-wrap:anywhere]">
      {result.problem}
      {result.attempts.length > 1 && (
        <span className="text-sm text-ink-muted"> {t('attempts', { count: result.attempts.length })}</span>
      )}
    </span>
  )
}

function formatWithSeconds(zone: string, at: Instant, now: Instant, locale: 'en' | 'fr'): string {
  const brief = formatBriefIn(zone, at, now, locale)
  return `${brief}${formatTimeWithSecondsIn(zone, at).slice(-3)}`
}
