import type { ChannelKind } from '../../domain/notification/channel.ts'
import type { NotificationKind } from '../../domain/notification/message.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type {
  ListedChannel,
  ListedDelivery,
  ListedNotification,
  ListedOutboxMessage,
} from '../../ports/channel-reader.ts'
import { type ChannelRow, toChannel, toInstant } from './rows.ts'

/** Columns of channels and of what goes over them, and how their rows become values. */

export const CHANNEL_COLUMNS =
  'id, project_id, key, kind, name, config, min_severity, enabled, disabled_reason, has_secret, managed_by'
export const NOTIFICATION_COLUMNS =
  'id, sequence, kind, status, reason, attempt, created_at, next_attempt_at, delivered_at, last_error, monitor_name:payload->monitor->>name, channels!notifications_channel_id_fkey!inner(id, name, kind), incidents!notifications_incident_id_fkey(number, title), deliveries!deliveries_notification_id_fkey(via_outbox)'
export const OUTBOX_COLUMNS = 'id, at, channel_kind, recipients, subject'

export type ListedChannelRow = ChannelRow & { has_secret: boolean; managed_by: string | null }

export const NEWEST_COLUMNS =
  'id, kind, status, created_at, delivered_at, last_error, deliveries!deliveries_notification_id_fkey(via_outbox)'

interface NewestRow {
  id: string
  kind: string
  status: string
  created_at: string
  delivered_at: string | null
  last_error: string | null
  deliveries: { via_outbox: boolean }[]
}

export interface ListedNotificationRow {
  id: string
  sequence: number
  kind: NotificationKind
  status: ListedNotification['status']
  reason: string
  attempt: number
  created_at: string
  next_attempt_at: string | null
  delivered_at: string | null
  last_error: string | null
  monitor_name: string | null
  channels: { id: string; name: string; kind: ChannelKind }
  incidents: { number: number; title: string } | null
  deliveries: { via_outbox: boolean }[]
}

interface DeliveryRow {
  id: number
  attempt: number
  started_at: string
  finished_at: string | null
  outcome: ListedDelivery['outcome']
  status_code: number | null
  provider_id: string | null
  via_outbox: boolean
  detail: string
}

interface OutboxRow {
  id: string
  at: string
  channel_kind: ListedOutboxMessage['channelKind']
  recipients: string[]
  subject: string
}

export function toListedChannel(row: ListedChannelRow, newest: NewestRow | null): ListedChannel {
  return {
    ...toChannel(row),
    hasSecret: row.has_secret,
    isManagedByFile: row.managed_by === 'file',
    lastNotification:
      newest === null
        ? null
        : {
            id: newest.id,
            kind: newest.kind as NotificationKind,
            status: newest.status as ListedNotification['status'],
            createdAt: fromIso(newest.created_at),
            deliveredAt: toInstant(newest.delivered_at),
            lastError: newest.last_error,
            isInOutbox: newest.deliveries.some(({ via_outbox }) => via_outbox),
          },
  }
}

export function toListedNotification(row: ListedNotificationRow): ListedNotification {
  return {
    id: row.id,
    sequence: row.sequence,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    attempt: row.attempt,
    createdAt: fromIso(row.created_at),
    nextAttemptAt: toInstant(row.next_attempt_at),
    deliveredAt: toInstant(row.delivered_at),
    lastError: row.last_error,
    isInOutbox: row.deliveries.some(({ via_outbox }) => via_outbox),
    channel: row.channels,
    incident: row.incidents,
    monitorName: row.monitor_name,
  }
}

export function toDelivery(row: DeliveryRow): ListedDelivery {
  return {
    id: row.id,
    attempt: row.attempt,
    startedAt: fromIso(row.started_at),
    finishedAt: toInstant(row.finished_at),
    outcome: row.outcome,
    statusCode: row.status_code,
    providerId: row.provider_id,
    viaOutbox: row.via_outbox,
    detail: row.detail,
  }
}

export function toOutboxEntry(row: OutboxRow): ListedOutboxMessage {
  return {
    id: row.id,
    at: fromIso(row.at),
    position: toMicroseconds(row.at),
    channelKind: row.channel_kind,
    recipients: row.recipients,
    subject: row.subject,
  }
}

/** Postgres keeps microseconds, which a number holds exactly until the year 2255. */
function toMicroseconds(at: string): number {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? ''
  return fromIso(at) * 1_000 + Number(fraction.padEnd(6, '0').slice(3, 6))
}

/** The position of a list as Postgres compares it. */
export function fromMicroseconds(position: number): string {
  const milliseconds = toIso(Math.floor(position / 1_000)).slice(0, -1)
  return `${milliseconds}${String(position % 1_000).padStart(3, '0')}Z`
}
