import type { ChannelReader, ListedNotification, NotificationQuery } from '../ports/channel-reader.ts'
import { askFor, cutPage, type KeysetPage, type KeysetPosition } from './keyset.ts'

export interface DeliveryListRequest extends KeysetPosition {
  status: NotificationQuery['status']
  channelId: string | null
}

export interface DeliveryList {
  page: KeysetPage<ListedNotification>
  deadCount: number
}

/** A page of notifications, newest first, and how many were given up in all. */
export async function readDeliveries(
  reader: ChannelReader,
  projectId: string,
  { status, channelId, below, above }: DeliveryListRequest,
): Promise<DeliveryList> {
  const position = { below, above }
  const [found, deadCount] = await Promise.all([
    reader.listNotifications(projectId, { status, channelId, ...askFor(position) }),
    reader.countDead(projectId),
  ])
  return { page: cutPage(found, position, ({ sequence }) => sequence), deadCount }
}
