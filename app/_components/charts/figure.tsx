import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ChartTable } from './types.ts'

/**
 * A chart with what every chart owes its reader: a caption that states the finding in words, and the same facts as a table
 * behind a toggle.
 */
export function Figure(props: {
  /** What is drawn, with its unit: "Response time in ms". */
  title: string
  /** What the drawing says: "p95 rose from 180 ms to 1.2 s at 03:12, when the monitor went down for 14 min." */
  finding: string
  table: ChartTable
  /** Stands at the right of the title: a range switch, a key. */
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <span className="block font-semibold">{props.title}</span>
          <span className="block max-w-[72ch] text-sm text-ink-muted">{props.finding}</span>
        </div>
        {props.aside}
      </figcaption>
      {props.children}
      {props.table.rows.length > 0 && <FigureTable title={props.title} table={props.table} />}
    </figure>
  )
}

/** The facts of a chart as a table behind a toggle. */
export function FigureTable({ title, table }: { title: string; table: ChartTable }) {
  const t = useTranslations('charts')
  return (
    <details className="group text-sm">
      <summary className="inline-flex items-center rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('asTable')}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label={title} tabIndex={0} className="mt-2 max-h-80 overflow-auto border-y border-line">
        <table className="w-full text-left">
          <caption className="sr-only">{title}</caption>
          <thead className="sticky top-0 bg-canvas">
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col" className="border-b border-line py-1.5 pr-4 font-normal text-ink-muted">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {table.rows.map((row) => (
              <tr key={row.join('\u0000')}>
                {row.map((text, index) => (
                  <td key={table.columns[index]} className="py-1 pr-4 whitespace-nowrap tabular-nums">
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
