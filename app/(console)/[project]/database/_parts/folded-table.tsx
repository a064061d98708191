import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'

const FIRST_ROWS = 10

/** A long list of which the first rows are what matters; the rest is behind a line that says how much it is. */
export function FoldedTable<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}) {
  const t = useTranslations('database')
  const rest = props.rows.slice(FIRST_ROWS)
  return (
    <>
      <DataTable {...props} rows={props.rows.slice(0, FIRST_ROWS)} />
      {rest.length > 0 && (
        <details className="text-sm">
          <summary className="mb-3 inline-flex rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
            {t('more', { count: rest.length })}
          </summary>
          <DataTable {...props} rows={rest} />
        </details>
      )}
    </>
  )
}
