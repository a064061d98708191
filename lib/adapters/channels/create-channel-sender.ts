import type { DeliveryResult } from '../../domain/delivery/result.ts'
import type { OutgoingMessage } from '../../domain/notification/message.ts'
import { writeShortText } from '../../domain/notification/short-text.ts'
import { writeText } from '../../domain/notification/text.ts'
import type { ChannelAddress, ChannelSender, Mailer, Outbox } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import type { HttpPost } from './http-post.ts'
import { sendSlack } from './slack/send-slack.ts'
import { writeSlackMessage } from './slack/slack-blocks.ts'
import { sendSms, type TwilioOptions } from './sms/send-sms.ts'
import { createTrustedPost } from './trusted-post.ts'
import { sendWebhook } from './webhook/send-webhook.ts'

export interface ChannelSenderOptions {
  /** Resend or the outbox: `createMailer`. */
  mailer: Mailer
  /** Null: SMS are kept in the outbox. */
  twilio: TwilioOptions | null
  /** SLACK_WEBHOOK_URL, for channels without an address of their own. With neither, Slack messages are kept in the outbox. */
  slackDefaultUrl: string | null
  /** Refuses private targets: for addresses that members of a project type in. */
  guardedPost: HttpPost
  /** For the operator's addresses. */
  trustedPost?: HttpPost | undefined
  outbox: Outbox
  clock: Clock
}

type Kind = ChannelAddress['target']['kind']
type Send = (message: OutgoingMessage, to: ChannelAddress) => Promise<DeliveryResult>

/**
 * Sends a message over the kind of its channel. A provider that is not configured has its message rendered all the same and kept in the
 * outbox. Rejects only when the outbox itself fails.
 */
export function createChannelSender(options: ChannelSenderOptions): ChannelSender {
  const send: Record<Kind, Send> = {
    email: (message, to) => sendByEmail(message, to, options),
    slack: (message, to) => sendBySlack(message, to, options),
    sms: (message, to) => sendBySms(message, to, options),
    webhook: (message, to) => sendByWebhook(message, to, options),
  }
  return { send: (message, to) => send[to.target.kind](message, to) }
}

async function sendByEmail(message: OutgoingMessage, to: ChannelAddress, { mailer }: ChannelSenderOptions) {
  if (to.target.kind !== 'email') throw new Error(`not an e-mail channel: ${to.id}`)
  // Loaded when the first mail goes out: react-email takes some 400 ms, which a tick that pages nobody must not pay.
  const { renderNotification } = await import('./email/render-notification.tsx')
  const mail = await renderNotification(message)
  return mailer.send({
    idempotencyKey: message.notificationId,
    projectId: to.projectId,
    to: to.target.config.to,
    ...mail,
    attachments: [],
  })
}

async function sendBySlack(message: OutgoingMessage, to: ChannelAddress, options: ChannelSenderOptions) {
  const { slackDefaultUrl, guardedPost, trustedPost = createTrustedPost(), outbox, clock } = options
  const rendered = writeSlackMessage(message)
  if (to.secrets.slackUrl !== undefined) return sendSlack(rendered, to.secrets.slackUrl, { post: guardedPost, clock })
  if (slackDefaultUrl !== null) return sendSlack(rendered, slackDefaultUrl, { post: trustedPost, clock })
  return keep(outbox, message, to, {
    channelKind: 'slack',
    to: [to.name],
    text: rendered.text,
    blocks: rendered.blocks,
  })
}

async function sendBySms(message: OutgoingMessage, to: ChannelAddress, options: ChannelSenderOptions) {
  if (to.target.kind !== 'sms') throw new Error(`not an SMS channel: ${to.id}`)
  const { twilio, trustedPost = createTrustedPost(), outbox, clock } = options
  const text = writeShortText(message)
  const numbers = to.target.config.to
  if (twilio !== null) return sendSms(text, numbers, twilio, { post: trustedPost, clock })
  return keep(outbox, message, to, { channelKind: 'sms', to: numbers, text, blocks: null })
}

async function sendByWebhook(
  message: OutgoingMessage,
  to: ChannelAddress,
  { guardedPost, clock }: ChannelSenderOptions,
) {
  if (to.target.kind !== 'webhook') throw new Error(`not a webhook channel: ${to.id}`)
  const address = { url: to.target.config.url, signingSecret: to.secrets.signingSecret }
  return sendWebhook(message, address, { post: guardedPost, clock })
}

async function keep(
  outbox: Outbox,
  message: OutgoingMessage,
  { projectId }: ChannelAddress,
  kept: { channelKind: 'slack' | 'sms'; to: string[]; text: string; blocks: unknown },
): Promise<DeliveryResult> {
  const { subject } = writeText(message)
  await outbox.keep({ id: message.notificationId, projectId, subject, html: null, ...kept })
  const provider = kept.channelKind === 'slack' ? 'Slack' : 'Twilio'
  const detail = `Kept in the outbox: ${provider} is not configured.`
  return { outcome: 'delivered', detail, providerId: null, viaOutbox: true }
}
