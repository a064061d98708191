import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { MonitorLine } from '@/lib/queries/monitor-row.ts'
import { LastResultCell, LatencyCell, NameCell, StripCell, UptimeCell } from './monitor-cells.tsx'

/** Monitors with their state and figures, worst first. `selectForm` adds a box to each row that belongs to that form. */
export function MonitorTable(props: {
  caption: string
  lines: readonly MonitorLine[]
  now: Instant
  timeZone: string
  projectSlug: string
  selectForm?: string | undefined
}) {
  const t = useTranslations('monitors')
  const { now, timeZone, selectForm } = props
  const select: Column<MonitorLine>[] =
    selectForm === undefined
      ? []
      : [
          {
            key: 'select',
            header: t('columns.select'),
            isHeaderHidden: true,
            width: '2rem',
            phone: 'hide',
            cell: (line) => (
              <input
                type="checkbox"
                name="monitor"
                value={line.id}
                form={selectForm}
                aria-label={t('select', { name: line.name })}
                className="relative z-10 block size-4 accent-ink"
              />
            ),
          },
        ]
  const columns: Column<MonitorLine>[] = [
    ...select,
    {
      key: 'state',
      header: t('columns.state'),
      width: '7.5rem',
      phone: 'aside',
      cell: (line) => <StateBadge state={line.state} plain />,
    },
    { key: 'name', header: t('columns.name'), phone: 'title', cell: (line) => <NameCell line={line} /> },
    {
      key: 'strip',
      header: t('columns.strip'),
      width: '10.5rem',
      phone: 'hide',
      hideOnTablet: true,
      cell: (line) => <StripCell line={line} />,
    },
    {
      key: 'uptime',
      header: t('columns.uptime'),
      align: 'right',
      width: '10.5rem',
      cell: (line) => <UptimeCell line={line} />,
    },
    {
      key: 'latency',
      header: t('columns.latency'),
      align: 'right',
      width: '11rem',
      cell: (line) => <LatencyCell line={line} />,
    },
    {
      key: 'last',
      header: t('columns.last'),
      width: '15rem',
      phone: 'plain',
      cell: (line) => <LastResultCell line={line} now={now} timeZone={timeZone} />,
    },
  ]
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.lines}
      rowKey={(line) => line.id}
      rowHref={(line) => `/${props.projectSlug}/monitors/${line.key}`}
    />
  )
}
