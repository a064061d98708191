import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGuardedPost } from '../../../lib/adapters/channels/guarded-post.ts'
import { sendWebhook } from '../../../lib/adapters/channels/webhook/send-webhook.ts'
import { createAddressPolicy } from '../../../lib/adapters/net/address-policy.ts'
import { createGuardedRequest } from '../../../lib/adapters/net/guarded-request.ts'
import { buildMessage } from '../../support/providers/message.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/providers/webhook-receiver.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
let receiver: WebhookReceiver
beforeAll(async () => {
  receiver = await startWebhookReceiver(SECRET)
})
afterAll(() => receiver.close())

function send(allowed: string[]) {
  const post = createGuardedPost(createGuardedRequest({ allow: createAddressPolicy(allowed) }))
  const clock = { now: () => Date.now(), sleep: async () => {} }
  return sendWebhook(buildMessage(), { url: receiver.hookUrl, signingSecret: SECRET }, { post, clock })
}

test('a webhook on a loopback address is refused, and nothing reaches it', async () => {
  expect(await send([])).toMatchObject({ outcome: 'rejected', statusCode: null })
  expect(receiver.received).toEqual([])
})

test('a range that the operator allows is served, signed as the standard asks', async () => {
  expect(await send(['127.0.0.0/8'])).toMatchObject({ outcome: 'delivered' })
  expect(receiver.verified).toHaveLength(1)
})

test('a connection that is cut after the request leaves a doubt; a pause that is asked for is kept', async () => {
  receiver.respondWith([{ drop: true }, { statusCode: 429, headers: { 'retry-after': '5' } }])
  expect(await send(['127.0.0.0/8'])).toMatchObject({ outcome: 'retry', uncertain: true })
  expect(await send(['127.0.0.0/8'])).toMatchObject({ outcome: 'retry', retryAfterMs: 5_000 })
})
