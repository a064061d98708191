import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { longRunning } from '@/lib/domain/database/findings.ts'
import type { DatabaseSnapshot, RunningStatement, SlowStatement } from '@/lib/domain/database/schema.ts'
import { formatCount, formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { MINUTE } from '@/lib/domain/time/instant.ts'
import { FoldedTable } from './folded-table.tsx'

/** What has been running for too long at the last look. */
export function Running({ snapshot }: { snapshot: DatabaseSnapshot }) {
  const t = useTranslations('database.running')
  const locale = useLocale()
  const rows = longRunning(snapshot)
  const columns: Column<RunningStatement>[] = [
    { key: 'query', header: t('query'), cell: ({ query }) => <Sql text={query ?? t('hidden')} /> },
    { key: 'user', header: t('user'), cell: ({ user }) => user ?? '–', phone: 'plain' },
    { key: 'state', header: t('state'), cell: ({ state }) => t(`states.${state}`), phone: 'plain' },
    { key: 'pid', header: t('pid'), cell: ({ pid }) => pid, align: 'right' },
    {
      key: 'duration',
      header: t('duration'),
      cell: ({ durationMs }) => formatDuration(durationMs, locale),
      align: 'right',
      phone: 'aside',
    },
  ]
  return (
    <Section title={t('title')}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <DataTable caption={t('title')} columns={columns} rows={rows} rowKey={({ pid }) => String(pid)} />
      )}
    </Section>
  )
}

/** By their average since statistics began. */
export function Slowest({ snapshot }: { snapshot: DatabaseSnapshot }) {
  const t = useTranslations('database.slowest')
  const locale = useLocale()
  const latency = (ms: number) => formatLatency(ms, locale)
  const rows = snapshot.slowest.map((statement, index) => ({ ...statement, id: String(index) }))
  const columns: Column<SlowStatement & { id: string }>[] = [
    { key: 'query', header: t('query'), cell: ({ query }) => <Sql text={query} /> },
    { key: 'calls', header: t('calls'), cell: ({ calls }) => formatCount(calls, locale), align: 'right' },
    { key: 'mean', header: t('mean'), cell: ({ meanMs }) => latency(meanMs), align: 'right', phone: 'aside' },
    { key: 'max', header: t('max'), cell: ({ maxMs }) => latency(maxMs), align: 'right', hideOnTablet: true },
    {
      key: 'total',
      header: t('total'),
      cell: ({ totalMs }) => (totalMs < MINUTE ? latency(totalMs) : formatDuration(totalMs, locale)),
      align: 'right',
      hideOnTablet: true,
    },
  ]
  return (
    <Section title={t('title')} description={t('lead')}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <FoldedTable caption={t('title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
      )}
    </Section>
  )
}

function Sql({ text }: { text: string }) {
  return <code className="block py-1.5 font-mono text-xs [overflow-wrap:anywhere] whitespace-normal">{text}</code>
}
