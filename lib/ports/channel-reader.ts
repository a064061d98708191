import type { Channel, ChannelKind } from '../domain/notification/channel.ts'
import type { NotificationKind } from '../domain/notification/message.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A channel as its page shows it; the secret itself never leaves the database. */
export type ListedChannel = Channel & {
  hasSecret: boolean
  /** Described by a vigie.yaml: changes here are overwritten by the next apply. */
  isManagedByFile: boolean
  /** The newest notification decided for it; null before the first. */
  lastNotification: {
    id: string
    kind: NotificationKind
    status: 'pending' | 'delivered' | 'dead'
    createdAt: Instant
    deliveredAt: Instant | null
    lastError: string | null
    isInOutbox: boolean
  } | null
}

export interface ListedNotification {
  id: string
  /** Order of decision; what lists are paged by. */
  sequence: number
  kind: NotificationKind
  status: 'pending' | 'delivered' | 'dead'
  reason: string
  attempt: number
  createdAt: Instant
  nextAttemptAt: Instant | null
  deliveredAt: Instant | null
  lastError: string | null
  /** Delivered to the local outbox alone, because no provider is configured. */
  isInOutbox: boolean
  channel: { id: string; name: string; kind: ChannelKind }
  incident: { number: number; title: string } | null
  /** Name of the monitor that the message is about; null for a test. */
  monitorName: string | null
}

/** One attempt with the provider's answer. */
export interface ListedDelivery {
  id: number
  attempt: number
  startedAt: Instant
  finishedAt: Instant | null
  outcome: 'started' | 'delivered' | 'retry' | 'rejected' | 'gone' | 'unknown'
  statusCode: number | null
  providerId: string | null
  viaOutbox: boolean
  detail: string
}

export interface NotificationQuery {
  status: 'pending' | 'delivered' | 'dead' | null
  channelId: string | null
  below: number | null
  above: number | null
  limit: number
}

export interface ListedOutboxMessage {
  id: string
  at: Instant
  /** Microseconds since the epoch: what the list is paged by. Several messages can share a millisecond. */
  position: number
  channelKind: 'email' | 'slack' | 'sms'
  recipients: string[]
  subject: string
}

export type OutboxMessage = ListedOutboxMessage & {
  html: string | null
  text: string
  /** Slack blocks; null for mail and SMS. */
  blocks: unknown
}

/** Reads channels, what was sent over them, and what stayed in the outbox, as the signed-in person may see it. */
export interface ChannelReader {
  /** By name. */
  listChannels(projectId: string): Promise<ListedChannel[]>
  /** How many monitors name each channel themselves, by channel id. */
  countMonitorsNaming(projectId: string): Promise<Map<string, number>>
  listNotifications(projectId: string, query: NotificationQuery): Promise<ListedNotification[]>
  countDead(projectId: string): Promise<number>
  /** Attempts oldest first; null when there is no such notification. */
  findNotification(
    projectId: string,
    id: string,
  ): Promise<{ notification: ListedNotification; deliveries: ListedDelivery[]; isInOutbox: boolean } | null>
  /** Newest first; oldest first where it reads above a position. */
  listOutbox(
    projectId: string,
    query: { channelKind: 'email' | 'slack' | 'sms' | null; below: number | null; above: number | null; limit: number },
  ): Promise<ListedOutboxMessage[]>
  findOutboxMessage(projectId: string, id: string): Promise<OutboxMessage | null>
}
