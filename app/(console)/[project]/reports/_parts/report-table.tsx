import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { formatDays } from '@/lib/domain/report/format-period.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { PastReport } from '@/lib/ports/report-reader.ts'
import { DeliveryStatus } from '../../deliveries/_parts/delivery-status.tsx'

const STATUS = { pending: 'pending', sent: 'delivered', failed: 'dead' } as const

/** Weekly reports that were begun; each opens as it was sent. */
export function ReportTable(props: {
  reports: readonly PastReport[]
  path: string
  now: Instant
  timeZone: string
  locale: Locale
}) {
  const t = useTranslations('reports.past')
  const { path, now, timeZone, locale } = props
  const columns: Column<PastReport>[] = [
    { key: 'week', header: t('week'), cell: ({ firstDay, lastDay }) => formatDays(firstDay, lastDay, locale) },
    {
      key: 'status',
      header: t('status'),
      phone: 'aside',
      width: '12rem',
      cell: ({ status, attempt }) => <DeliveryStatus status={STATUS[status]} attempt={attempt} />,
    },
    {
      key: 'to',
      header: t('to'),
      phone: 'plain',
      cell: ({ recipients, lastError }) => (
        <span className="text-ink-muted [overflow-wrap:anywhere]">
          {lastError === null ? recipients.join(', ') || '–' : deliverySentence(lastError, locale)}
        </span>
      ),
    },
    {
      key: 'at',
      header: t('at'),
      align: 'right',
      phone: 'plain',
      width: '9rem',
      cell: ({ sentAt, nextAttemptAt }) => {
        const at = sentAt ?? nextAttemptAt
        return at === null ? '–' : <RelativeTime at={at} now={now} timeZone={timeZone} focusable={false} />
      },
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.reports}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `${path}?report=${id}`}
    />
  )
}
