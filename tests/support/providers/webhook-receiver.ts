import { Webhook } from 'standardwebhooks'
import { type StandIn, startStandIn } from './stand-in.ts'

export interface WebhookReceiver extends StandIn {
  hookUrl: string
  /** Bodies whose signature held, in order, repetitions included. */
  verified: { id: string; body: Record<string, unknown> }[]
}

/**
 * A receiver as the Standard Webhooks library makes one: 204 when the signature holds, 401 when not. `secret` is `whsec_…`, or plain
 * text that is taken as its UTF-8 bytes. Give `null` to take messages unverified.
 */
export async function startWebhookReceiver(secret: string | null): Promise<WebhookReceiver> {
  const verified: WebhookReceiver['verified'] = []
  const verifier = secret === null ? null : createVerifier(secret)
  const standIn = await startStandIn(({ headers, body }) => {
    try {
      const content = verifier === null ? JSON.parse(body) : verifier.verify(body, headers as Record<string, string>)
      verified.push({ id: String(headers['webhook-id']), body: content as Record<string, unknown> })
      return { statusCode: 204 }
    } catch (error) {
      return { statusCode: 401, body: error instanceof Error ? error.message : 'refused' }
    }
  })
  return { ...standIn, hookUrl: `${standIn.url}/hook`, verified }
}

function createVerifier(secret: string): Webhook {
  return secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(new TextEncoder().encode(secret), { format: 'raw' })
}
