import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { writePercent } from '@/lib/domain/slo/check.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { SloView } from '@/lib/queries/slos.ts'
import { BudgetLeft, times } from './budget-left.tsx'
import { SloStateMark } from './slo-state.tsx'

/** SLOs as rows: what is promised, what it is, what is left, how fast that goes, and until when. */
export function SloTable(props: { slos: readonly SloView[]; path: string; now: Instant; timeZone: string }) {
  const t = useTranslations('slos')
  const locale = useLocale()
  const columns: Column<SloView>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      cell: ({ slo }) => <span className="[overflow-wrap:anywhere]">{slo.name}</span>,
    },
    {
      key: 'target',
      header: t('columns.target'),
      align: 'right',
      width: '6rem',
      hideOnTablet: true,
      cell: ({ slo }) => <span className="tabular-nums">{writePercent(slo.target, locale)}</span>,
    },
    {
      key: 'sli',
      header: t('columns.sli'),
      align: 'right',
      width: '6rem',
      cell: ({ budget }) => <span className="tabular-nums">{formatUptime(budget?.sli ?? null, locale, 3)}</span>,
    },
    {
      key: 'left',
      header: t('columns.left'),
      phone: 'plain',
      width: '13rem',
      cell: ({ budget }) => <BudgetLeft budget={budget} />,
    },
    {
      key: 'burn',
      header: t('columns.burn'),
      align: 'right',
      phone: 'detail',
      hideOnTablet: true,
      width: '11rem',
      cell: ({ burns }) => (
        <span className="whitespace-nowrap tabular-nums">
          {burns.map(({ rate }) => (rate === null ? '–' : times(rate, locale))).join(' / ')}
        </span>
      ),
    },
    {
      key: 'forecast',
      header: t('columns.forecast'),
      phone: 'hide',
      hideOnTablet: true,
      width: '9rem',
      cell: (view) => (
        <span className="whitespace-nowrap text-ink-muted">
          {view.exhaustedAt === null || view.state === 'exhausted'
            ? '–'
            : formatBriefIn(props.timeZone, view.exhaustedAt, props.now, locale)}
        </span>
      ),
    },
    {
      key: 'state',
      header: t('columns.state'),
      phone: 'aside',
      width: '10rem',
      cell: ({ state }) => <SloStateMark state={state} />,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.slos}
      rowKey={({ slo }) => slo.key}
      rowHref={({ slo }) => `${props.path}/${slo.key}`}
    />
  )
}
