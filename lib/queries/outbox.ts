import { countSeptets } from '../domain/notification/gsm-alphabet.ts'
import type { ChannelReader, ListedOutboxMessage, OutboxMessage } from '../ports/channel-reader.ts'
import { askFor, cutPage, type KeysetPage, type KeysetPosition } from './keyset.ts'

/** Messages that stayed here, newest first, keyset-paged by time. */
export async function readOutbox(
  reader: ChannelReader,
  projectId: string,
  request: KeysetPosition & { channelKind: 'email' | 'slack' | 'sms' | null },
): Promise<KeysetPage<ListedOutboxMessage>> {
  const { channelKind, below, above } = request
  const asked = { below, above }
  const found = await reader.listOutbox(projectId, { channelKind, ...askFor(asked) })
  return cutPage(found, asked, ({ position }) => position)
}

/** How a text would be billed as SMS (3GPP TS 23.038 and 23.040): a text of several segments loses seven septets or three units of each to its header. */
export interface SmsSegments {
  segments: number
  /** Septets of the GSM alphabet, or UCS-2 units. */
  length: number
  encoding: 'GSM-7' | 'UCS-2'
}

export function countSegments(text: string): SmsSegments {
  const septets = countSeptets(text)
  if (septets !== null) {
    return { segments: septets <= 160 ? 1 : Math.ceil(septets / 153), length: septets, encoding: 'GSM-7' }
  }
  const units = text.length
  return { segments: units <= 70 ? 1 : Math.ceil(units / 67), length: units, encoding: 'UCS-2' }
}

/** One message of the outbox; null when it is not there or this person may not see it. */
export function readOutboxMessage(reader: ChannelReader, projectId: string, id: string): Promise<OutboxMessage | null> {
  return reader.findOutboxMessage(projectId, id)
}
