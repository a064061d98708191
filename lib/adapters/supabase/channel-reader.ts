import type { ChannelReader } from '../../ports/channel-reader.ts'
import {
  CHANNEL_COLUMNS,
  fromMicroseconds,
  type ListedChannelRow,
  type ListedNotificationRow,
  NEWEST_COLUMNS,
  NOTIFICATION_COLUMNS,
  OUTBOX_COLUMNS,
  toDelivery,
  toListedChannel,
  toListedNotification,
  toOutboxEntry,
} from './channel-rows.ts'
import type { Client } from './create-client.ts'
import { take, takeRows } from './take.ts'

/** PostgREST and the embedded stack answer at most this many rows at once. */
const PAGE = 1_000

/** Channels, notifications and outbox over PostgREST, under the row level security of the client's person. */
export function createChannelReader(client: Client): ChannelReader {
  return {
    async listChannels(projectId) {
      const rows = takeRows(
        await client.from('channels').select(CHANNEL_COLUMNS).eq('project_id', projectId).order('name').limit(PAGE),
      ) as unknown as ListedChannelRow[]
      const newest = await Promise.all(rows.map(({ id }) => findNewestNotification(client, id)))
      return rows.map((row, index) => toListedChannel(row, newest[index] ?? null))
    },

    async countMonitorsNaming(projectId) {
      const counts = new Map<string, number>()
      for (let from = 0; ; from += PAGE) {
        const rows = takeRows(
          await client
            .from('monitor_channels')
            .select('channel_id')
            .eq('project_id', projectId)
            .order('channel_id')
            .order('monitor_id')
            .range(from, from + PAGE - 1),
        )
        for (const { channel_id } of rows) counts.set(channel_id, (counts.get(channel_id) ?? 0) + 1)
        if (rows.length < PAGE) return counts
      }
    },

    async listNotifications(projectId, { status, channelId, below, above, limit }) {
      let query = client.from('notifications').select(NOTIFICATION_COLUMNS).eq('project_id', projectId)
      if (status !== null) query = query.eq('status', status)
      if (channelId !== null) query = query.eq('channel_id', channelId)
      if (below !== null) query = query.lt('sequence', below)
      if (above !== null) query = query.gt('sequence', above)
      const rows = takeRows(await query.order('sequence', { ascending: above !== null }).limit(limit))
      return (rows as unknown as ListedNotificationRow[]).map(toListedNotification)
    },

    async countDead(projectId) {
      const { count, error } = await client
        .from('notifications')
        .select('id', { count: 'exact', head: true })
        .eq('project_id', projectId)
        .eq('status', 'dead')
      take({ data: null, error })
      return count ?? 0
    },

    async findNotification(projectId, id) {
      const [found, deliveries, kept] = await Promise.all([
        client
          .from('notifications')
          .select(NOTIFICATION_COLUMNS)
          .eq('project_id', projectId)
          .eq('id', id)
          .maybeSingle(),
        client.from('deliveries').select('*').eq('notification_id', id).order('attempt').limit(PAGE),
        client.from('outbox_messages').select('id').eq('project_id', projectId).eq('id', id).maybeSingle(),
      ])
      const row = take(found) as unknown as ListedNotificationRow | null
      if (row === null) return null
      return {
        notification: toListedNotification(row),
        deliveries: takeRows(deliveries).map((delivery) => toDelivery(delivery as never)),
        isInOutbox: take(kept) !== null,
      }
    },

    async listOutbox(projectId, { channelKind, below, above, limit }) {
      let query = client.from('outbox_messages').select(OUTBOX_COLUMNS).eq('project_id', projectId)
      if (channelKind !== null) query = query.eq('channel_kind', channelKind)
      if (below !== null) query = query.lt('at', fromMicroseconds(below))
      if (above !== null) query = query.gt('at', fromMicroseconds(above))
      const rows = takeRows(await query.order('at', { ascending: above !== null }).limit(limit))
      return rows.map((row) => toOutboxEntry(row as never))
    },

    async findOutboxMessage(projectId, id) {
      const row = take(
        await client
          .from('outbox_messages')
          .select(`${OUTBOX_COLUMNS}, html, body, blocks`)
          .eq('project_id', projectId)
          .eq('id', id)
          .maybeSingle(),
      )
      return row === null
        ? null
        : { ...toOutboxEntry(row as never), html: row.html, text: row.body, blocks: row.blocks }
    },
  }
}

/** By the index on channel_id; there are few channels, and each asks for one row. */
async function findNewestNotification(client: Client, channelId: string) {
  const rows = takeRows(
    await client
      .from('notifications')
      .select(NEWEST_COLUMNS)
      .eq('channel_id', channelId)
      .order('sequence', { ascending: false })
      .limit(1),
  )
  return rows[0] ?? null
}
