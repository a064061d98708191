import type { DeliveryResult } from '../domain/delivery/result.ts'
import type { ChannelSecrets, ChannelTarget } from '../domain/notification/channel.ts'
import type { OutgoingMessage } from '../domain/notification/message.ts'

export interface ChannelAddress {
  id: string
  projectId: string
  name: string
  target: ChannelTarget
  secrets: ChannelSecrets
}

/** Sends one message over one kind of channel. Expected failures are values, never throws. */
export interface ChannelSender {
  send(message: OutgoingMessage, to: ChannelAddress): Promise<DeliveryResult>
}

/** What a local outbox keeps in place of a provider: the message exactly as it would have gone out. */
export interface OutboxEntry {
  /** Same id, same entry: a repeated delivery does not fill the outbox twice. */
  id: string
  projectId: string | null
  channelKind: 'email' | 'slack' | 'sms'
  to: string[]
  subject: string
  /** Rendered mail; null for SMS and Slack. */
  html: string | null
  text: string
  /** Slack blocks; null for mail and SMS. */
  blocks: unknown
}

export interface Outbox {
  keep(entry: OutboxEntry): Promise<void>
}

export interface MailMessage {
  idempotencyKey: string
  projectId: string | null
  to: string[]
  subject: string
  html: string
  text: string
  attachments: { filename: string; contentId: string; contentType: string; content: Uint8Array }[]
}

/** Resend, or the local outbox when it is not configured. */
export interface Mailer {
  send(mail: MailMessage): Promise<DeliveryResult>
}
