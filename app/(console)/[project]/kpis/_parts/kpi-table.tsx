import { useLocale, useTranslations } from 'next-intl'
import { Sparkline } from '@/app/_components/charts/sparkline.tsx'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { formatFigure } from '@/lib/domain/kpi/format-figure.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { KpiView } from '@/lib/queries/kpis.ts'

/** KPIs as rows: the figure, whether it is worth a look, its course, and how old it is. */
export function KpiTable(props: { kpis: readonly KpiView[]; path: string; now: Instant; timeZone: string }) {
  const t = useTranslations('kpis')
  const columns: Column<KpiView>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      cell: ({ name }) => <span className="[overflow-wrap:anywhere]">{name}</span>,
    },
    {
      key: 'value',
      header: t('columns.value'),
      align: 'right',
      phone: 'aside',
      width: '11rem',
      cell: (kpi) => <Value kpi={kpi} />,
    },
    {
      key: 'state',
      header: t('columns.state'),
      phone: 'plain',
      width: '15rem',
      cell: (kpi) => <KpiState kpi={kpi} />,
    },
    {
      key: 'course',
      header: t('columns.course'),
      phone: 'hide',
      hideOnTablet: true,
      width: '8rem',
      cell: (kpi) => <Course kpi={kpi} />,
    },
    {
      key: 'source',
      header: t('columns.source'),
      phone: 'hide',
      hideOnTablet: true,
      width: '7rem',
      cell: ({ kind }) => <span className="text-ink-muted">{t(`kinds.${kind}`)}</span>,
    },
    {
      key: 'at',
      header: t('columns.at'),
      phone: 'plain',
      width: '9rem',
      cell: ({ valueAt }) =>
        valueAt === null ? null : (
          <span className="text-ink-muted">
            <RelativeTime at={valueAt} now={props.now} timeZone={props.timeZone} focusable={false} />
          </span>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.kpis}
      rowKey={({ key }) => key}
      rowHref={({ key }) => `${props.path}/${encodeURIComponent(key)}`}
    />
  )
}

function Value({ kpi: { value, unit } }: { kpi: KpiView }) {
  const t = useTranslations('kpis')
  const locale = useLocale()
  if (value === null) return <span className="text-ink-faint">{t('noValue')}</span>
  return <span className="font-medium whitespace-nowrap tabular-nums">{formatFigure(value, unit, locale)}</span>
}

/** Failed, across a limit, waiting for its first run, or fine. */
export function KpiState({ kpi }: { kpi: KpiView }) {
  const t = useTranslations('kpis')
  const { fault, limit, value, kind } = kpi
  if (fault !== null || limit !== null) {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-degraded">
        <Icon name={fault === null ? 'triangle-alert' : 'octagon-x'} />
        {fault === null ? t(`limit.${limit ?? 'below'}`) : t(`short.${fault}`)}
      </span>
    )
  }
  if (value === null) return <span className="text-ink-muted">{t(`waiting.${kind}`)}</span>
  return <span className="text-ink-muted">{t('fine')}</span>
}

function Course({ kpi: { course, range, unit } }: { kpi: KpiView }) {
  const t = useTranslations('kpis')
  const locale = useLocale()
  if (range === null) return null
  const label = t('courseLabel', {
    lowest: formatFigure(range.lowest, unit, locale),
    highest: formatFigure(range.highest, unit, locale),
  })
  return <Sparkline values={course} label={label} />
}
