import Link from 'next/link'
import type { ReactNode } from 'react'

export interface Column<Row> {
  key: string
  header: string
  /** For a column whose cells say enough, such as boxes to tick: the header is only read out. */
  isHeaderHidden?: boolean
  cell: (row: Row) => ReactNode
  /** Numbers stand at the right, so that their digits line up. */
  align?: 'left' | 'right'
  /**
   * What becomes of the column on a phone: `title` (default for the first) is the row's first line, `aside` stands at the
   * right of it, `detail` goes small underneath with its header as label, `plain` does so without the label, `hide` leaves it
   * to the row's own page.
   */
  phone?: 'title' | 'aside' | 'detail' | 'plain' | 'hide'
  /** Narrower than 1024 px, the column steps aside. */
  hideOnTablet?: boolean
  /** Any CSS width; without it the column takes what its content needs. */
  width?: string
}

/** Written out in globals.css: a page of fifty rows names a class three hundred times, and says it twice to the browser. */
const PHONE: Record<NonNullable<Column<never>['phone']>, string> = {
  title: 'cell cell-title',
  aside: 'cell cell-aside',
  detail: 'cell cell-plain cell-labelled',
  plain: 'cell cell-plain',
  hide: 'cell max-sm:hidden',
}

/**
 * A list: 40 px rows, a header that stays in sight, no horizontal scroll. On a phone each row folds into two lines.
 * With `rowHref` the title column becomes a link whose box covers the row; whatever else can be pressed in that row needs
 * `relative z-10`. `caption` names the table for screen readers.
 */
export function DataTable<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowHref?: ((row: Row) => string) | undefined
}) {
  const titleKey = (props.columns.find((column) => column.phone === 'title') ?? props.columns[0])?.key
  return (
    <table className="w-full border-y border-line text-left max-sm:block">
      <caption className="sr-only">{props.caption}</caption>
      <thead className="sticky top-(--bar-height) z-20 bg-canvas max-sm:sr-only">
        <tr>
          {props.columns.map((column) => (
            <th key={column.key} scope="col" style={{ width: column.width }} className={headerClass(column)}>
              {column.isHeaderHidden ? <span className="sr-only">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {props.rows.map((row) => (
          <tr key={props.rowKey(row)} className={props.rowHref ? 'row hover:bg-subtle' : 'row'}>
            {props.columns.map((column) => (
              <td
                key={column.key}
                data-label={needsLabel(column, column.key === titleKey) ? column.header : undefined}
                data-align={column.align}
                className={cellClass(column, column.key === titleKey)}
              >
                {column.key === titleKey && props.rowHref ? (
                  <Link href={props.rowHref(row)} prefetch={false} className="covers-row font-medium after:rounded-sm">
                    {column.cell(row)}
                  </Link>
                ) : (
                  column.cell(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function headerClass(column: Column<never>): string {
  const align = column.align === 'right' ? 'text-right' : ''
  const tablet = column.hideOnTablet ? 'max-lg:hidden' : ''
  return `h-8 border-b border-line pr-4 text-sm font-normal whitespace-nowrap text-ink-muted last:pr-0 ${align} ${tablet}`
}

/** Only the phone's small print says what a figure is; elsewhere the header does. */
function needsLabel<Row>(column: Column<Row>, isTitle: boolean): boolean {
  return !isTitle && (column.phone ?? 'detail') === 'detail'
}

function cellClass<Row>(column: Column<Row>, isTitle: boolean): string {
  const phone = PHONE[column.phone ?? (isTitle ? 'title' : 'detail')]
  return `${phone}${column.align === 'right' ? ' cell-number' : ''}${column.hideOnTablet ? ' sm:max-lg:hidden' : ''}`
}
