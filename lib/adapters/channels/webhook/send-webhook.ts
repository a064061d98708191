import type { DeliveryResult } from '../../../domain/delivery/result.ts'
import type { OutgoingMessage } from '../../../domain/notification/message.ts'
import type { Clock } from '../../../ports/clock.ts'
import { classifyResponse } from '../classify-response.ts'
import type { HttpPost } from '../http-post.ts'
import { signWebhook } from './sign-webhook.ts'
import { writeWebhookBody } from './webhook-body.ts'

/** Standard Webhooks asks senders to wait 15 to 30 s; a delivery run has other messages to send. */
const TIMEOUT_MS = 15_000

export interface WebhookAddress {
  url: string
  signingSecret: string | undefined
}

/** Posts one message to a receiver that somebody configured; `post` must be the guarded one. */
export async function sendWebhook(
  message: OutgoingMessage,
  address: WebhookAddress,
  { post, clock }: { post: HttpPost; clock: Clock },
): Promise<DeliveryResult> {
  const body = writeWebhookBody(message)
  const attemptedAt = clock.now()
  const response = await post({
    url: address.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Vigie-Webhook/1',
      ...signWebhook(address.signingSecret, message.notificationId, attemptedAt, body),
    },
    body,
    timeoutMs: TIMEOUT_MS,
  })
  const { signingSecret = '' } = address
  // A receiver's error may quote the key without its prefix.
  const secrets = [signingSecret, signingSecret.replace(/^whsec_/, '')]
  return classifyResponse(response, { who: 'The webhook', now: clock.now(), secrets })
}
