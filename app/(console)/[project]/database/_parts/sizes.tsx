import { useLocale, useTranslations } from 'next-intl'
import type { Column } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { TableGrowth } from '@/lib/domain/database/growth.ts'
import type { DatabaseSnapshot, UnusedIndex } from '@/lib/domain/database/schema.ts'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import { formatDateIn } from '@/lib/domain/time/format-zoned.ts'
import { FoldedTable } from './folded-table.tsx'

/** Largest first, with what they grew by. */
export function Tables({ tables }: { tables: readonly TableGrowth[] }) {
  const t = useTranslations('database.tables')
  const locale = useLocale()
  const size = (bytes: number) => formatValue(bytes, 'By', locale)
  const growth = (bytes: number | null) =>
    bytes === null ? <span className="text-ink-muted">{t('unknown')}</span> : `${bytes > 0 ? '+' : ''}${size(bytes)}`
  const columns: Column<TableGrowth>[] = [
    { key: 'name', header: t('name'), cell: ({ name }) => <Name text={name} /> },
    { key: 'rows', header: t('rows'), cell: ({ rows }) => formatCount(rows, locale), align: 'right' },
    { key: 'week', header: t('week'), cell: ({ weekBytes }) => growth(weekBytes), align: 'right' },
    {
      key: 'month',
      header: t('month'),
      cell: ({ monthBytes }) => growth(monthBytes),
      align: 'right',
      phone: 'hide',
      hideOnTablet: true,
    },
    { key: 'size', header: t('size'), cell: ({ sizeBytes }) => size(sizeBytes), align: 'right', phone: 'aside' },
  ]
  return (
    <Section title={t('title')} description={t('lead')}>
      {tables.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <FoldedTable caption={t('title')} columns={columns} rows={tables} rowKey={({ name }) => name} />
      )}
    </Section>
  )
}

export function Indexes({ snapshot, timeZone }: { snapshot: DatabaseSnapshot; timeZone: string }) {
  const t = useTranslations('database.indexes')
  const locale = useLocale()
  const { statsResetAt, unusedIndexes } = snapshot
  const since = statsResetAt === null ? t('ever') : formatDateIn(timeZone, statsResetAt, locale)
  const columns: Column<UnusedIndex>[] = [
    { key: 'name', header: t('name'), cell: ({ name }) => <Name text={name} /> },
    { key: 'table', header: t('table'), cell: ({ table }) => <Name text={table} /> },
    {
      key: 'size',
      header: t('size'),
      cell: ({ sizeBytes }) => formatValue(sizeBytes, 'By', locale),
      align: 'right',
      phone: 'aside',
    },
  ]
  return (
    <Section title={t('title')} description={t('lead', { since })}>
      {unusedIndexes.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <FoldedTable caption={t('title')} columns={columns} rows={unusedIndexes} rowKey={({ name }) => name} />
      )}
    </Section>
  )
}

function Name({ text }: { text: string }) {
  return <span className="font-mono text-xs [overflow-wrap:anywhere]">{text}</span>
}
