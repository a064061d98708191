import { afterEach, describe, expect, test } from 'vitest'
import type { HttpPost } from '../../../lib/adapters/channels/http-post.ts'
import { createTrustedPost } from '../../../lib/adapters/channels/trusted-post.ts'
import { sendWebhook } from '../../../lib/adapters/channels/webhook/send-webhook.ts'
import { signWebhook } from '../../../lib/adapters/channels/webhook/sign-webhook.ts'
import { writeWebhookBody } from '../../../lib/adapters/channels/webhook/webhook-body.ts'
import { NOTIFICATION_KINDS } from '../../../lib/domain/notification/message.ts'
import { buildMessage, NOTIFICATION_ID } from '../../support/providers/message.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/providers/webhook-receiver.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const clock = { now: () => Date.now(), sleep: async () => {} }
const open: WebhookReceiver[] = []

async function start(secret: string | null): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(secret)
  open.push(receiver)
  return receiver
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
})

const send = (receiver: WebhookReceiver, signingSecret: string | undefined, post: HttpPost = createTrustedPost()) =>
  sendWebhook(buildMessage(), { url: receiver.hookUrl, signingSecret }, { post, clock })

test('the published vector of Standard Webhooks comes out', () => {
  const headers = signWebhook(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_999, '{"test": 2432232314}')
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

describe('a receiver with the library of the standard accepts the signature', () => {
  test.each([SECRET, 'correct horse battery', 'pässwörter 🔑', 'whsec_not base64 at all', 'whsec_'])(
    'of %s',
    async (secret) => {
      // The library itself cannot read the last two: for those the receiver, too, takes the text as bytes.
      const { Webhook } = await import('standardwebhooks')
      const receiver = await start(null)
      expect(await send(receiver, secret)).toMatchObject({ outcome: 'delivered' })
      const [request] = receiver.received
      const verifier =
        secret === SECRET ? new Webhook(secret) : new Webhook(new TextEncoder().encode(secret), { format: 'raw' })
      const body = verifier.verify(request?.body ?? '', request?.headers as Record<string, string>)
      expect(body).toMatchObject({ type: 'incident.triggered' })
    },
  )
})

test('a wrong secret is refused by the receiver and not repeated', async () => {
  const receiver = await start(SECRET)
  expect(await send(receiver, 'another secret')).toMatchObject({ outcome: 'rejected', statusCode: 401 })
})

test('without a secret the message goes unsigned', async () => {
  const receiver = await start(null)
  await send(receiver, undefined)
  expect(receiver.received[0]?.headers).not.toHaveProperty('webhook-signature')
  expect(receiver.received[0]?.headers['webhook-id']).toBe(NOTIFICATION_ID)
})

test('a repetition has the same id and the same bytes, and its own time', async () => {
  const receiver = await start(SECRET)
  receiver.respondWith([{ statusCode: 503, headers: { 'retry-after': '3' } }])
  const times = [Date.now() - 60_000, Date.now()]
  for (const [attempt, time] of times.entries()) {
    const result = await sendWebhook(
      buildMessage(),
      { url: receiver.hookUrl, signingSecret: SECRET },
      { post: createTrustedPost(), clock: { ...clock, now: () => time } },
    )
    expect(result.outcome).toBe(attempt === 0 ? 'retry' : 'delivered')
  }
  const [first, second] = receiver.received
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
  expect(receiver.verified).toHaveLength(1)
})

test('the body holds type, timestamp and exactly the public fields', () => {
  const body = JSON.parse(writeWebhookBody(buildMessage({ data: { monitorsTotal: 20 } })))
  expect(body).toEqual({
    type: 'incident.triggered',
    timestamp: '2026-11-21T02:16:00.000Z',
    data: {
      incident: {
        id: expect.any(String),
        number: 12,
        severity: 'critical',
        priority: 'P0',
        status: 'triggered',
        title: 'Checkout API is down',
        startedAt: '2026-11-21T02:12:00.000Z',
        acknowledgedAt: null,
        resolvedAt: null,
        reason: '2 probes in a row failed: answered 503, expected 200',
        flapping: false,
        url: 'https://vigie.example.com/demo/incidents/12',
      },
      monitor: {
        key: 'checkout-api',
        name: 'Checkout API',
        url: 'https://shop.example.com/health',
        state: 'down',
        kind: 'http',
      },
      evidence: [
        expect.objectContaining({
          verdict: 'down',
          statusCode: 503,
          failures: [{ subject: 'status', expected: '200', got: '503' }],
        }),
        expect.objectContaining({ at: '2026-11-21T02:12:05.000Z' }),
      ],
      project: { slug: 'demo', name: 'Demo shop' },
    },
  })
})

test('the signed link never leaves in a webhook, and the type is the kind, "test" included', () => {
  for (const kind of NOTIFICATION_KINDS) {
    const body = writeWebhookBody(buildMessage({ kind }))
    expect(JSON.parse(body).type).toBe(kind)
    expect(body).not.toContain('acknowledge/token')
  }
})

describe('what the receiver does is classified', () => {
  test.each([
    [{ statusCode: 410 }, { outcome: 'gone' }],
    [
      { statusCode: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { outcome: 'rejected', statusCode: 302 },
    ],
    [
      { statusCode: 404, body: 'nothing here' },
      { outcome: 'rejected', detail: 'The webhook answered 404: nothing here' },
    ],
    [
      { statusCode: 429, headers: { 'retry-after': '9' } },
      { outcome: 'retry', retryAfterMs: 9_000 },
    ],
    [{ drop: true } as const, { outcome: 'retry', statusCode: null, uncertain: true }],
  ])('%j', async (response, expected) => {
    const receiver = await start(SECRET)
    receiver.respondWith([response])
    expect(await send(receiver, SECRET)).toMatchObject(expected)
    expect(receiver.received).toHaveLength(1)
  })

  test('no connection certainly delivered nothing', async () => {
    const receiver = await start(SECRET)
    await receiver.close()
    expect(await send(receiver, SECRET)).toMatchObject({ outcome: 'retry', uncertain: false })
  })

  test('an answer that does not come in time may have been a delivery', async () => {
    const receiver = await start(SECRET)
    receiver.respondWith([{ statusCode: 204, delayMs: 2_000 }])
    const impatient: HttpPost = (request) => createTrustedPost()({ ...request, timeoutMs: 100 })
    expect(await send(receiver, SECRET, impatient)).toMatchObject({ outcome: 'retry', uncertain: true })
  })

  test('an address that the guard refuses is not repeated', async () => {
    const receiver = await start(SECRET)
    const guard: HttpPost = async () => ({ ok: false, cause: 'blocked', message: '127.0.0.1 is a private address' })
    expect(await send(receiver, SECRET, guard)).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringContaining('private'),
    })
    expect(receiver.received).toEqual([])
  })
})

test('a receiver that echoes the secret does not bring it into the detail', async () => {
  const receiver = await start(SECRET)
  receiver.respondWith([{ statusCode: 500, body: `wrong signature, expected key ${SECRET} or ${SECRET.slice(6)}` }])
  const { outcome, ...rest } = await send(receiver, SECRET)
  expect(outcome).toBe('retry')
  expect(JSON.stringify(rest)).not.toContain('MfKQ9r8')
})
