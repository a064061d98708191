import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { DataTable } from '@/app/_components/ui/data-table.tsx'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { rateVital, type Vital } from '@/lib/domain/vital/vital.ts'
import type { VitalFigures } from '@/lib/ports/vital-reader.ts'
import type { VitalRequest, VitalsPage } from '@/lib/queries/vitals.ts'
import { vitalsHref } from '../_request.ts'
import { formatVital } from './format-vital.ts'
import { RatingBar } from './rating-bar.tsx'
import { RatingMark } from './rating-mark.tsx'

/** Each metric at its 75th percentile; its name draws it below. */
export function MetricTable(props: { page: VitalsPage; request: VitalRequest; path: string }) {
  const t = useTranslations('vitals')
  const locale = useLocale()
  const { answer, measured } = props.page
  const rows = measured.flatMap((vital): { vital: Vital; figures: VitalFigures }[] => {
    const figures = answer.totals[vital]
    return figures === undefined ? [] : [{ vital, figures }]
  })
  return (
    <DataTable
      caption={t('metrics.title')}
      rows={rows}
      rowKey={({ vital }) => vital}
      columns={[
        {
          key: 'metric',
          header: t('metrics.metric'),
          cell: ({ vital }) => (
            <Link
              href={vitalsHref(props.path, props.request, { metric: vital })}
              scroll={false}
              prefetch={false}
              aria-current={vital === props.request.metric ? 'true' : undefined}
              className="underline decoration-line-strong underline-offset-4 aria-[current]:font-medium"
            >
              {t(`names.${vital}`)}
            </Link>
          ),
        },
        {
          key: 'p75',
          header: t('metrics.p75'),
          align: 'right',
          phone: 'aside',
          cell: ({ vital, figures }) => (
            <span className="font-medium tabular-nums">{formatVital(vital, figures.p75, locale)}</span>
          ),
        },
        {
          key: 'rating',
          header: t('metrics.rating'),
          phone: 'plain',
          cell: ({ vital, figures }) => <RatingMark rating={rateVital(vital, figures.p75)} />,
        },
        {
          key: 'shares',
          header: t('metrics.shares'),
          phone: 'plain',
          width: '34%',
          cell: ({ figures }) => <RatingBar figures={figures} />,
        },
        {
          key: 'count',
          header: t('metrics.count'),
          align: 'right',
          hideOnTablet: true,
          cell: ({ figures }) => <span className="tabular-nums">{formatCount(figures.count, locale)}</span>,
        },
      ]}
    />
  )
}
