import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailer } from '../../../lib/adapters/channels/email/create-mailer.ts'
import type { MailMessage, OutboxEntry } from '../../../lib/ports/channel.ts'
import { type ResendStandIn, startResend } from '../../support/providers/resend.ts'

const KEY = 're_s3cr3tKey0123456789'
const clock = { now: () => Date.now(), sleep: async () => {} }

let resend: ResendStandIn
let kept: OutboxEntry[]
const outbox = { keep: async (entry: OutboxEntry) => void kept.push(entry) }

beforeEach(async () => {
  resend = await startResend(KEY)
  kept = []
})
afterEach(() => resend.close())

const mailerFor = (apiKey: string, baseUrl = resend.url) =>
  createMailer({ resend: { apiKey, from: 'Vigie <alerts@example.com>', baseUrl }, outbox, clock })

const mail: MailMessage = {
  idempotencyKey: 'notification-1',
  projectId: 'p1',
  to: ['ops@example.com', 'cto@example.com'],
  subject: 'Checkout API is down',
  html: '<p>down</p><img src="cid:plot" alt="Latency">',
  text: 'down',
  attachments: [],
}
const plot = {
  filename: 'plot.png',
  contentId: 'plot',
  contentType: 'image/png',
  content: Uint8Array.from([137, 80, 78, 71]),
}

test('Resend gets the mail with both versions, and its id comes back', async () => {
  const result = await mailerFor(KEY).send(mail)
  expect(resend.sent).toMatchObject([
    {
      from: 'Vigie <alerts@example.com>',
      to: ['ops@example.com', 'cto@example.com'],
      subject: 'Checkout API is down',
      html: mail.html,
      text: 'down',
      idempotencyKey: 'notification-1',
    },
  ])
  expect(result).toMatchObject({ outcome: 'delivered', providerId: resend.sent[0]?.id, viaOutbox: false })
})

test('a repeated delivery is one mail', async () => {
  const [first, second] = [await mailerFor(KEY).send(mail), await mailerFor(KEY).send(mail)]
  expect(second).toEqual(first)
  expect(resend.received).toHaveLength(2)
  expect(resend.sent).toHaveLength(1)
})

test('the same key with another body is refused and not hidden', async () => {
  await mailerFor(KEY).send(mail)
  const result = await mailerFor(KEY).send({ ...mail, subject: 'Something else' })
  expect(result).toMatchObject({
    outcome: 'rejected',
    statusCode: 409,
    detail: expect.stringContaining('invalid_idempotent_request'),
  })
})

test('an attachment goes as base64 with its content id', async () => {
  await mailerFor(KEY).send({ ...mail, attachments: [plot] })
  expect(resend.sent[0]?.attachments).toEqual([
    { filename: 'plot.png', content: 'iVBORw==', content_id: 'plot', content_type: 'image/png' },
  ])
})

describe('what Resend answers is classified', () => {
  test.each([
    [
      {
        statusCode: 429,
        headers: { 'retry-after': '7' },
        body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many' },
      },
      { outcome: 'retry', retryAfterMs: 7_000 },
    ],
    [
      { statusCode: 500, body: { statusCode: 500, name: 'internal_server_error', message: 'Oops' } },
      { outcome: 'retry', statusCode: 500 },
    ],
    [
      { statusCode: 502, body: '<html>Bad gateway</html>' },
      { outcome: 'retry', statusCode: 502 },
    ],
    [
      { statusCode: 409, body: { statusCode: 409, name: 'concurrent_idempotent_requests', message: 'In progress' } },
      { outcome: 'retry', statusCode: 409 },
    ],
    [
      { statusCode: 422, body: { statusCode: 422, name: 'validation_error', message: 'Invalid `from` field' } },
      { outcome: 'rejected', detail: 'Resend answered 422: validation_error, Invalid `from` field' },
    ],
    [{ statusCode: 410, body: { statusCode: 410, name: 'not_found', message: 'Gone' } }, { outcome: 'rejected' }],
    [{ drop: true } as const, { outcome: 'retry', statusCode: null, uncertain: true }],
  ])('%j', async (response, expected) => {
    resend.respondWith([response])
    expect(await mailerFor(KEY).send(mail)).toMatchObject(expected)
  })

  test('a wrong address is refused for good', async () => {
    expect(await mailerFor(KEY).send({ ...mail, to: ['nobody'] })).toMatchObject({
      outcome: 'rejected',
      statusCode: 422,
    })
  })

  test('no connection is tried again', async () => {
    expect(await mailerFor(KEY, 'http://127.0.0.1:1').send(mail)).toMatchObject({ outcome: 'retry', statusCode: null })
  })
})

test('the key stands in no detail: refused, unreachable, or not even a key', async () => {
  const wrong = 're_wr0ngKey0123456789'
  const results = [
    await mailerFor(wrong).send(mail),
    await mailerFor(wrong, 'http://127.0.0.1:1').send(mail),
    await mailerFor(`${wrong}\nX: y`).send(mail),
  ]
  expect(results.map(({ outcome }) => outcome)).toEqual(['rejected', 'retry', 'rejected'])
  expect(JSON.stringify(results)).not.toContain('wr0ng')
})

test('without Resend the mail is kept in the outbox as it would have gone out, pictures included', async () => {
  const result = await createMailer({ resend: null, outbox, clock }).send({ ...mail, attachments: [plot] })
  expect(result).toMatchObject({ outcome: 'delivered', viaOutbox: true })
  expect(kept).toEqual([
    {
      id: 'notification-1',
      projectId: 'p1',
      channelKind: 'email',
      to: mail.to,
      subject: mail.subject,
      html: '<p>down</p><img src="data:image/png;base64,iVBORw==" alt="Latency">',
      text: 'down',
      blocks: null,
    },
  ])
})
