import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ListedNotification } from '@/lib/ports/channel-reader.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import { DeliveryStatus } from './delivery-status.tsx'

/** Messages as rows: what was told, to whom, and what became of it. */
export function DeliveryTable(props: {
  notifications: readonly ListedNotification[]
  path: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('deliveries')
  const { now, timeZone } = props
  const locale = useLocale()
  const columns: Column<ListedNotification>[] = [
    {
      key: 'what',
      header: t('columns.what'),
      cell: ({ kind, incident, monitorName }) => (
        <>
          {t(`kinds.${kind.replace('.', '_')}` as never)}
          {incident !== null && (
            <span className="font-normal text-ink-muted">
              {' '}
              · #{incident.number} {titleIn(locale, incident.title)}
            </span>
          )}
          {incident === null && monitorName !== null && (
            <span className="font-normal text-ink-muted"> · {monitorName}</span>
          )}
        </>
      ),
    },
    {
      key: 'channel',
      header: t('columns.channel'),
      phone: 'plain',
      width: '12rem',
      cell: ({ channel }) => <span className="[overflow-wrap:anywhere]">{channel.name}</span>,
    },
    {
      key: 'status',
      header: t('columns.status'),
      phone: 'plain',
      width: '11rem',
      cell: ({ status, attempt, isInOutbox }) => (
        <DeliveryStatus status={status} attempt={attempt} isInOutbox={isInOutbox} />
      ),
    },
    {
      key: 'next',
      header: t('columns.next'),
      hideOnTablet: true,
      width: '9rem',
      phone: 'hide',
      cell: ({ status, nextAttemptAt }) =>
        status === 'pending' && nextAttemptAt !== null ? (
          <RelativeTime at={nextAttemptAt} now={now} timeZone={timeZone} focusable={false} />
        ) : (
          <span className="text-ink-faint">–</span>
        ),
    },
    {
      key: 'decided',
      header: t('columns.decided'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} timeZone={timeZone} focusable={false} />,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.notifications}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `${props.path}/${id}`}
    />
  )
}
