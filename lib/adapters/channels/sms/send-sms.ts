import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message'
import type { DeliveryResult } from '../../../domain/delivery/result.ts'
import type { Clock } from '../../../ports/clock.ts'
import { classifyResponse } from '../classify-response.ts'
import type { HttpPost } from '../http-post.ts'
import { joinResults } from './join-results.ts'

/**
 * Twilio's REST call, with the SDK's types and without its client: twilio 6 fixes `https://api.twilio.com` in its code, so that a
 * stand-in could only be reached through a replaced HTTP client; its errors drop the `Retry-After` header that a delivery needs; its
 * time-out bounds the silence on the socket and not the whole call; and loading it takes 140 ms of every cold start, for one form.
 */

/** Twilio bounds a body at 1,600 characters (error 21617). */
const BODY_MAX_LENGTH = 1_600
const TIMEOUT_MS = 10_000
const DEFAULT_BASE_URL = 'https://api.twilio.com'

export interface TwilioOptions {
  accountSid: string
  authToken: string
  /** A number in international form, or the sid of a messaging service (`MG…`). */
  from: string
  /** A stand-in; Twilio itself when null. */
  baseUrl: string | null
}

/**
 * Sends one message to each number. Twilio has no idempotency key: when a number fails for the moment and another was served, the
 * repetition reaches both, and the result is marked `uncertain`. A duplicate is preferred to a page that nobody gets.
 */
export async function sendSms(
  text: string,
  numbers: readonly string[],
  twilio: TwilioOptions,
  dependencies: { post: HttpPost; clock: Clock },
): Promise<DeliveryResult> {
  const results = await Promise.all(
    numbers.map(async (to) => ({ to, result: await sendToNumber(text, to, twilio, dependencies) })),
  )
  return joinResults(results)
}

async function sendToNumber(
  text: string,
  to: string,
  twilio: TwilioOptions,
  { post, clock }: { post: HttpPost; clock: Clock },
): Promise<DeliveryResult> {
  const sender: Partial<MessageListInstanceCreateOptions> = twilio.from.startsWith('MG')
    ? { messagingServiceSid: twilio.from }
    : { from: twilio.from }
  const response = await post({
    url: `${(twilio.baseUrl ?? DEFAULT_BASE_URL).replace(/\/$/, '')}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: writeForm({ ...sender, to, body: text.slice(0, BODY_MAX_LENGTH) }),
    timeoutMs: TIMEOUT_MS,
  })
  const secrets = [twilio.authToken, twilio.accountSid]
  const result = classifyResponse(response, { who: 'Twilio', now: clock.now(), secrets })
  if (result.outcome !== 'delivered' || !response.ok) return result
  return { ...result, providerId: readSid(response.body) }
}

/** Twilio's parameters are the SDK's names with a capital. */
function writeForm(options: Partial<MessageListInstanceCreateOptions>): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(options))
    form.set(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, String(value))
  return form.toString()
}

function readSid(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body)
    const sid = typeof answer === 'object' && answer !== null && 'sid' in answer ? answer.sid : null
    return typeof sid === 'string' ? sid : null
  } catch {
    return null
  }
}
