import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChannelSenderOptions, createChannelSender } from '../../../lib/adapters/channels/create-channel-sender.ts'
import { createMailer } from '../../../lib/adapters/channels/email/create-mailer.ts'
import type { HttpPost } from '../../../lib/adapters/channels/http-post.ts'
import { listOutboxKinds } from '../../../lib/adapters/channels/outbox-kinds.ts'
import { createTrustedPost } from '../../../lib/adapters/channels/trusted-post.ts'
import type { ChannelAddress, OutboxEntry } from '../../../lib/ports/channel.ts'
import { buildMessage, CHANNEL_ID, NOTIFICATION_ID } from '../../support/providers/message.ts'
import { type ResendStandIn, startResend } from '../../support/providers/resend.ts'
import { type SlackStandIn, startSlack } from '../../support/providers/slack.ts'
import { startTwilio, type TwilioStandIn } from '../../support/providers/twilio.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/providers/webhook-receiver.ts'

const SID = 'AC0123456789abcdef0123456789abcdef'
const clock = { now: () => Date.now(), sleep: async () => {} }
let resend: ResendStandIn
let slack: SlackStandIn
let twilio: TwilioStandIn
let webhook: WebhookReceiver
let kept: OutboxEntry[] = []
const outbox = { keep: async (entry: OutboxEntry) => void kept.push(entry) }

beforeAll(async () => {
  resend = await startResend('re_key')
  slack = await startSlack()
  twilio = await startTwilio(SID, 'token')
  webhook = await startWebhookReceiver('plain secret')
})
afterAll(() => Promise.all([resend, slack, twilio, webhook].map((standIn) => standIn.close())))
beforeEach(() => {
  kept = []
})

const address = (target: ChannelAddress['target'], secrets: ChannelAddress['secrets'] = {}): ChannelAddress => ({
  id: CHANNEL_ID,
  projectId: 'p1',
  name: 'Ops',
  target,
  secrets,
})
const email = address({ kind: 'email', config: { to: ['ops@example.com'] } })
const sms = address({ kind: 'sms', config: { to: ['+33612345678'] } })
const slackChannel = address({ kind: 'slack', config: {} })

/** Nothing is configured: every provider's message goes to the outbox. */
function bare(changes: Partial<ChannelSenderOptions> = {}) {
  const mailer = createMailer({ resend: null, outbox, clock })
  const guardedPost = createTrustedPost()
  return createChannelSender({ mailer, twilio: null, slackDefaultUrl: null, guardedPost, outbox, clock, ...changes })
}

describe('with every provider configured, a message reaches it and not the outbox', () => {
  const send = (to: ChannelAddress) =>
    bare({
      mailer: createMailer({ resend: { apiKey: 're_key', from: 'v@example.com', baseUrl: resend.url }, outbox, clock }),
      twilio: { accountSid: SID, authToken: 'token', from: '+33987654321', baseUrl: twilio.url },
      slackDefaultUrl: slack.webhookUrl,
    }).send(buildMessage(), to)

  test('mail, under the id of the notification', async () => {
    expect(await send(email)).toMatchObject({ outcome: 'delivered', viaOutbox: false })
    expect(resend.sent).toMatchObject([{ to: ['ops@example.com'], idempotencyKey: NOTIFICATION_ID }])
    expect(await send(email)).toMatchObject({ outcome: 'delivered' })
    expect(resend.sent).toHaveLength(1)
  })
  test('SMS', async () => {
    expect(await send(sms)).toMatchObject({ outcome: 'delivered', viaOutbox: false })
    expect(twilio.sent[0]?.body).toMatch(/^P0 Checkout API is down.* https:/)
  })
  test('Slack, at the address of the environment', async () => {
    expect(await send(slackChannel)).toMatchObject({ outcome: 'delivered', viaOutbox: false })
    expect(slack.sent).toHaveLength(1)
  })
  test('webhook, signed', async () => {
    const to = address({ kind: 'webhook', config: { url: webhook.hookUrl } }, { signingSecret: 'plain secret' })
    expect(await send(to)).toMatchObject({ outcome: 'delivered', viaOutbox: false })
    expect(webhook.verified).toMatchObject([{ id: NOTIFICATION_ID, body: { type: 'incident.triggered' } }])
  })
})

describe('with nothing configured, the message is rendered and kept under its id', () => {
  test.each([
    ['email', email, { html: expect.stringContaining('<html'), blocks: null, to: ['ops@example.com'] }],
    ['sms', sms, { html: null, blocks: null, text: expect.stringMatching(/^P0 /), to: ['+33612345678'] }],
    [
      'slack',
      slackChannel,
      { html: null, blocks: expect.arrayContaining([expect.objectContaining({ type: 'header' })]), to: ['Ops'] },
    ],
  ])('%s', async (channelKind, to, expected) => {
    expect(await bare().send(buildMessage(), to)).toMatchObject({ outcome: 'delivered', viaOutbox: true })
    const subject = 'Checkout API is down: answered 503 since 03:12 (4 min)'
    expect(kept).toMatchObject([{ id: NOTIFICATION_ID, projectId: 'p1', channelKind, subject, ...expected }])
  })
})

describe('the kinds that are said to be kept in the outbox are those that are', () => {
  const subsets = [true, false].flatMap((mail) =>
    [true, false].flatMap((text) => [true, false].map((chat) => ({ mail, text, chat }))),
  )
  test.each(subsets)('with %j configured', async ({ mail, text, chat }) => {
    const providers = {
      resend: mail ? { apiKey: 're_key', from: 'v@example.com', baseUrl: resend.url } : null,
      twilio: text ? { accountSid: SID, authToken: 'token', from: '+33987654321', baseUrl: twilio.url } : null,
      slackDefaultUrl: chat ? slack.webhookUrl : null,
    }
    const sender = bare({ ...providers, mailer: createMailer({ resend: providers.resend, outbox, clock }) })
    for (const to of [email, slackChannel, sms]) await sender.send(buildMessage(), to)
    expect(kept.map(({ channelKind }) => channelKind)).toEqual(listOutboxKinds(providers))
  })
})

describe('an address that a member typed in goes through the guard', () => {
  const blocked: HttpPost = async () => ({ ok: false, cause: 'blocked', message: 'not allowed' })
  test.each([
    ['a Slack address', address({ kind: 'slack', config: {} }, { slackUrl: 'http://169.254.169.254/' })],
    ['a webhook', address({ kind: 'webhook', config: { url: 'http://169.254.169.254/' } })],
  ])('%s', async (_, to) => {
    const unguarded: HttpPost = async () => {
      throw new Error('the guard was passed by')
    }
    const sender = bare({ guardedPost: blocked, trustedPost: unguarded, slackDefaultUrl: slack.webhookUrl })
    expect(await sender.send(buildMessage(), to)).toMatchObject({ outcome: 'rejected' })
  })
})
