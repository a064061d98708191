import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ChannelView } from '@/lib/queries/channels.ts'
import { DeliveryStatus } from '../../deliveries/_parts/delivery-status.tsx'
import { KIND_ICONS } from './kind-icons.ts'

/** Channels as rows: what kind, where to, from which severity on, and what became of the last message. */
export function ChannelTable(props: {
  channels: readonly ChannelView[]
  path: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('channels')
  const columns: Column<ChannelView>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      cell: ({ name, kind }) => (
        <span className="inline-flex items-center gap-2">
          <Icon name={KIND_ICONS[kind]} className="text-ink-muted" />
          {name}
        </span>
      ),
    },
    { key: 'kind', header: t('columns.kind'), phone: 'aside', width: '6rem', cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'where',
      header: t('columns.where'),
      phone: 'plain',
      cell: (channel) => <Where channel={channel} />,
    },
    {
      key: 'severity',
      header: t('columns.severity'),
      hideOnTablet: true,
      phone: 'hide',
      width: '11rem',
      cell: ({ minSeverity }) => (
        <span className="text-ink-muted">{t(minSeverity === null ? 'severity.guide' : `severity.${minSeverity}`)}</span>
      ),
    },
    {
      key: 'state',
      header: t('columns.state'),
      phone: 'plain',
      width: '8rem',
      cell: (channel) => <State channel={channel} />,
    },
    {
      key: 'last',
      header: t('columns.last'),
      phone: 'plain',
      width: '15rem',
      cell: ({ lastNotification }) =>
        lastNotification === null ? (
          <span className="text-ink-faint">{t('never')}</span>
        ) : (
          <span className="flex flex-wrap items-center gap-x-2">
            <DeliveryStatus status={lastNotification.status} attempt={0} isInOutbox={lastNotification.isInOutbox} />
            <span className="text-sm text-ink-muted">
              <RelativeTime
                at={lastNotification.createdAt}
                now={props.now}
                timeZone={props.timeZone}
                focusable={false}
              />
            </span>
          </span>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.channels}
      rowKey={({ id }) => id}
      rowHref={({ key }) => `${props.path}/${key}`}
    />
  )
}

function Where({ channel }: { channel: ChannelView }) {
  const t = useTranslations('channels')
  const { where, destination, kind, hasSecret } = channel
  const text = kind === 'slack' ? t(hasSecret ? 'where.slackOwn' : 'where.slackDefault') : where.join(', ')
  return (
    <span className="flex min-w-0 flex-col">
      <span className="[overflow-wrap:anywhere]">{kind === 'slack' && destination === 'outbox' ? '' : text}</span>
      {destination === 'outbox' && <span className="text-sm text-ink-muted max-sm:hidden">{t('where.outbox')}</span>}
    </span>
  )
}

function State({ channel: { enabled, disabledReason } }: { channel: ChannelView }) {
  const t = useTranslations('channels.state')
  if (enabled) return <span className="text-sm max-sm:hidden">{t('on')}</span>
  return (
    <span className={`text-sm font-medium ${disabledReason === null ? 'text-ink-muted' : 'text-degraded'}`}>
      {t(disabledReason === null ? 'off' : 'switchedOff')}
    </span>
  )
}
