import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ListedOutboxMessage } from '@/lib/ports/channel-reader.ts'
import { KIND_ICONS } from '../../channels/_parts/kind-icons.ts'

/** Messages that stayed here, as a mailbox lists them. */
export function OutboxTable(props: {
  messages: readonly ListedOutboxMessage[]
  path: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('outbox')
  const kinds = useTranslations('channels.kinds')
  const columns: Column<ListedOutboxMessage>[] = [
    {
      key: 'subject',
      header: t('columns.subject'),
      cell: ({ subject }) => <span className="[overflow-wrap:anywhere]">{subject}</span>,
    },
    {
      key: 'kind',
      header: t('columns.kind'),
      phone: 'plain',
      width: '7rem',
      cell: ({ channelKind }) => (
        <span className="inline-flex items-center gap-1.5 text-ink-muted">
          <Icon name={KIND_ICONS[channelKind]} />
          {kinds(channelKind)}
        </span>
      ),
    },
    {
      key: 'to',
      header: t('columns.to'),
      phone: 'plain',
      width: '16rem',
      cell: ({ recipients }) => <span className="[overflow-wrap:anywhere]">{recipients.join(', ')}</span>,
    },
    {
      key: 'at',
      header: t('columns.at'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ at }) => <RelativeTime at={at} now={props.now} timeZone={props.timeZone} focusable={false} />,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.messages}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `${props.path}/${encodeURIComponent(id)}`}
    />
  )
}
