import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendSms, type TwilioOptions } from '../../../lib/adapters/channels/sms/send-sms.ts'
import { createTrustedPost } from '../../../lib/adapters/channels/trusted-post.ts'
import { startTwilio, type TwilioStandIn } from '../../support/providers/twilio.ts'

const SID = 'AC0123456789abcdef0123456789abcdef'
const TOKEN = 'twilio-t0ken-that-nobody-sees'
const dependencies = { post: createTrustedPost(), clock: { now: () => Date.now(), sleep: async () => {} } }

let twilio: TwilioStandIn
beforeEach(async () => {
  twilio = await startTwilio(SID, TOKEN)
})
afterEach(() => twilio.close())

function send(numbers: string[], changes: Partial<TwilioOptions> = {}) {
  const options = { accountSid: SID, authToken: TOKEN, from: '+33987654321', baseUrl: twilio.url, ...changes }
  return sendSms('P0 Checkout API is down', numbers, options, dependencies)
}

test('one message goes to each number, and the result has Twilio’s ids', async () => {
  const result = await send(['+33612345678', '+33612345679'])
  expect(twilio.sent.map(({ to, from, body }) => ({ to, from, body }))).toEqual(
    expect.arrayContaining([
      { to: '+33612345678', from: '+33987654321', body: 'P0 Checkout API is down' },
      { to: '+33612345679', from: '+33987654321', body: 'P0 Checkout API is down' },
    ]),
  )
  const ids = result.outcome === 'delivered' ? result.providerId?.split(',') : []
  expect(ids?.toSorted()).toEqual(twilio.sent.map(({ sid }) => sid).toSorted())
})

test('a messaging service takes the place of a number', async () => {
  await send(['+33612345678'], { from: 'MG0123456789abcdef0123456789abcdef' })
  expect(new URLSearchParams(twilio.received[0]?.body).get('MessagingServiceSid')).toMatch(/^MG/)
  expect(twilio.sent).toHaveLength(1)
})

test('a number that Twilio does not know is refused for good, with its code', async () => {
  expect(await send(['+15005550001'])).toMatchObject({ outcome: 'rejected', detail: expect.stringContaining('21211') })
})

test('one wrong number among good ones is delivered, and named', async () => {
  const result = await send(['+33612345678', '+15005550001'])
  expect(result.outcome).toBe('delivered')
  expect(result.detail).toMatch(/\+15…01: Twilio answered 400.*21211/)
})

test('when one number must be tried again, the whole is, and says that a duplicate may come of it', async () => {
  twilio.respondWith([{ statusCode: 429, headers: { 'retry-after': '12' } }])
  expect(await send(['+33612345678', '+33612345679'])).toMatchObject({
    outcome: 'retry',
    retryAfterMs: 12_000,
    uncertain: true,
  })
  expect(twilio.sent).toHaveLength(1)
})

test('429 and 5xx are tried again', async () => {
  twilio.respondWith([{ statusCode: 429, headers: { 'retry-after': '4' } }, { statusCode: 503 }])
  expect(await send(['+33612345678'])).toMatchObject({ outcome: 'retry', retryAfterMs: 4_000, uncertain: false })
  expect(await send(['+33612345678'])).toMatchObject({ outcome: 'retry', statusCode: 503 })
})

test('a lost answer is uncertain: Twilio has no key against duplicates', async () => {
  twilio.respondWith([{ drop: true }])
  expect(await send(['+33612345678'])).toMatchObject({ outcome: 'retry', uncertain: true })
})

test('neither token nor account stands in any detail, even when the provider repeats it', async () => {
  const wrong = 'wrong-t0ken-that-nobody-sees'
  twilio.respondWith([{ statusCode: 401, body: { code: 20003, message: `Authenticate ${wrong} ${SID}` } }])
  const refused = await send(['+33612345678'], { authToken: wrong })
  const unreached = await send(['+33612345678'], { baseUrl: 'http://127.0.0.1:1' })
  expect(refused.outcome).toBe('rejected')
  expect(JSON.stringify([refused, unreached])).not.toMatch(/nobody-sees|AC0123/)
})
