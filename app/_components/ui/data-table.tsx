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

const PHONE: Record<NonNullable<Column<never>['phone']>, string> = {
  title: 'max-sm:order-1 max-sm:flex-1 max-sm:min-w-0 max-sm:basis-1/2 max-sm:py-0',
  aside: 'max-sm:order-2 max-sm:py-0',
  detail:
    'max-sm:order-4 max-sm:flex max-sm:items-center max-sm:py-0 max-sm:text-sm max-sm:text-ink-muted max-sm:before:mr-1 max-sm:before:text-ink-faint max-sm:before:content-[attr(data-label)]',
  plain: 'max-sm:order-4 max-sm:flex max-sm:items-center max-sm:py-0 max-sm:text-sm max-sm:text-ink-muted',
  hide: 'max-sm:hidden',
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
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {props.rows.map((row) => (
          <tr key={props.rowKey(row)} className={rowClass(props.rowHref !== undefined)}>
            {props.columns.map((column) => (
              <td
                key={column.key}
                data-label={column.header}
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

function rowClass(isLink: boolean): string {
  const phone = 'max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-3 max-sm:py-2.5'
  // An empty box as wide as the row: whatever comes after title and aside begins a new line.
  const lineBreak = "max-sm:after:order-3 max-sm:after:h-0.5 max-sm:after:basis-full max-sm:after:content-['']"
  return `relative sm:h-10 ${phone} ${lineBreak} ${isLink ? 'hover:bg-subtle' : ''}`
}

function cellClass<Row>(column: Column<Row>, isTitle: boolean): string {
  const align = column.align === 'right' ? 'sm:text-right tabular-nums' : ''
  const tablet = column.hideOnTablet ? 'sm:max-lg:hidden' : ''
  const phone = PHONE[column.phone ?? (isTitle ? 'title' : 'detail')]
  return `py-1.5 pr-4 align-middle last:pr-0 max-sm:pr-0 ${align} ${tablet} ${phone}`
}
