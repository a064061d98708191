import { Webhook } from 'standardwebhooks'
import type { Instant } from '../../../domain/time/instant.ts'

const PREFIX = 'whsec_'

/**
 * Standard Webhooks headers of one attempt. `webhook-id` is the notification's id and the same on every attempt: it is the receiver's
 * key against duplicates. `webhook-timestamp` is the time of the attempt, because receivers refuse what is older than five minutes.
 * Without a secret the message goes unsigned.
 */
export function signWebhook(
  secret: string | undefined,
  notificationId: string,
  attemptedAt: Instant,
  body: string,
): Record<string, string> {
  const headers = { 'webhook-id': notificationId, 'webhook-timestamp': String(Math.floor(attemptedAt / 1_000)) }
  if (secret === undefined) return headers
  const signature = createSigner(secret).sign(notificationId, new Date(attemptedAt), body)
  return { ...headers, 'webhook-signature': signature }
}

/** `whsec_` and base64 is the specified form; any other text is taken as its UTF-8 bytes, so that a plain password works as well. */
function createSigner(secret: string): Webhook {
  const encoded = secret.slice(PREFIX.length)
  if (secret.startsWith(PREFIX) && /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) {
    return new Webhook(secret)
  }
  return new Webhook(new TextEncoder().encode(secret), { format: 'raw' })
}
