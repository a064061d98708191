import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { CORE_VITALS, rateVital, type Vital } from '@/lib/domain/vital/vital.ts'
import type { PageVitals } from '@/lib/ports/vital-reader.ts'
import { formatVital } from './format-vital.ts'
import { RatingMark } from './rating-mark.tsx'

/** p75 of each page: the chosen metric first, then the three that decide. */
export function PageTable({ pages, metric }: { pages: readonly PageVitals[]; metric: Vital }) {
  const t = useTranslations('vitals')
  const locale = useLocale()
  const shown = [metric, ...CORE_VITALS.filter((vital) => vital !== metric)]
  const columns: Column<PageVitals>[] = [
    {
      key: 'page',
      header: t('pages.page'),
      cell: ({ page }) => <span className="[overflow-wrap:anywhere]">{page === '*' ? t('pages.others') : page}</span>,
    },
    ...shown.map(
      (vital, index): Column<PageVitals> => ({
        key: vital,
        header: t(`short.${vital}`),
        align: 'right',
        phone: index === 0 ? 'aside' : 'detail',
        cell: ({ metrics }) => {
          const figures = metrics[vital]
          if (figures === undefined) return <span className="text-ink-faint">–</span>
          return (
            <span className="inline-flex items-center gap-1.5 tabular-nums">
              <RatingMark rating={rateVital(vital, figures.p75)} brief />
              {formatVital(vital, figures.p75, locale)}
            </span>
          )
        },
      }),
    ),
    {
      key: 'views',
      header: t('pages.views'),
      align: 'right',
      cell: ({ views }) => <span className="tabular-nums">{formatCount(views, locale)}</span>,
    },
  ]
  return <DataTable caption={t('pages.title')} columns={columns} rows={pages} rowKey={({ page }) => page} />
}
