import type { DeliveryResult } from '../../domain/delivery/result.ts'
import { toOneLine } from '../../domain/notification/one-line.ts'
import type { Cause } from '../../domain/probe/outcome.ts'
import { hideSecrets } from '../../domain/probe/quote.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { HttpPostResponse } from './http-post.ts'

/** How much of a provider's answer is kept: enough for its error code and sentence. */
const ANSWER_MAX_LENGTH = 200

/** 4xx that mean "not now" (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4); every other 4xx stays wrong when repeated. */
const PASSING_STATUSES: readonly number[] = [408, 425, 429]

/** After any other cause the other side may have had the whole request: whoever repeats risks a duplicate. */
const CERTAINLY_NOT_SENT: readonly Cause[] = ['dns', 'tcp', 'tls', 'blocked']

export interface ClassifyOptions {
  /** `Twilio`, `Slack`, `The webhook`: begins the sentence. */
  who: string
  now: Instant
  /** Keys and addresses that the answer may repeat; they are cut out of the detail. */
  secrets: readonly string[]
}

/**
 * What an HTTP answer means for a delivery, for every channel: 2xx is delivered; 408, 425, 429 and 5xx are tried again, not before
 * `Retry-After`; 410 switches the channel off; everything else is refused for good, redirects too (Standard Webhooks: 3xx is a failure,
 * and following one would send a signed message to an address that nobody configured).
 */
export function classifyResponse(response: HttpPostResponse, options: ClassifyOptions): DeliveryResult {
  const { who } = options
  if (!response.ok) return classifyFailure(response, options)
  const { statusCode } = response
  const detail = `${who} answered ${statusCode}${quoteAnswer(response.body, options.secrets)}`
  if (statusCode >= 200 && statusCode < 300) {
    return { outcome: 'delivered', detail: `${who} answered ${statusCode}`, providerId: null, viaOutbox: false }
  }
  if (statusCode === 410) return { outcome: 'gone', detail, statusCode }
  if (statusCode >= 500 || PASSING_STATUSES.includes(statusCode)) {
    const retryAfterMs = readRetryAfter(response.headers['retry-after'], options.now)
    return { outcome: 'retry', detail, statusCode, retryAfterMs, uncertain: false }
  }
  return { outcome: 'rejected', detail, statusCode }
}

function classifyFailure(
  { cause, message, sent }: Extract<HttpPostResponse, { ok: false }>,
  { who, secrets }: ClassifyOptions,
): DeliveryResult {
  const detail = `${who} was not reached: ${toOneLine(hideSecrets(message, secrets), ANSWER_MAX_LENGTH)}`
  // A refused address and a redirect are settings, not faults of the network: only a person can change them.
  if (cause === 'blocked' || cause === 'redirect') return { outcome: 'rejected', detail, statusCode: null }
  const uncertain = sent ?? !CERTAINLY_NOT_SENT.includes(cause)
  return { outcome: 'retry', detail, statusCode: null, retryAfterMs: null, uncertain }
}

/** `Retry-After` as ms from `now`: seconds or an HTTP date (RFC 9110 §10.2.3). Null when it is absent or neither. */
export function readRetryAfter(header: string | string[] | undefined, now: Instant): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim()
  if (text === undefined || text === '') return null
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  // Date.parse takes almost anything; an HTTP date begins with the name of a day.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

function quoteAnswer(body: string, secrets: readonly string[]): string {
  const text = toOneLine(hideSecrets(body, secrets), ANSWER_MAX_LENGTH)
  return text === '' ? '' : `: ${text}`
}
