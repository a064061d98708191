import type { DeliveryResult } from '../../../domain/delivery/result.ts'
import type { Clock } from '../../../ports/clock.ts'
import { classifyResponse } from '../classify-response.ts'
import type { HttpPost } from '../http-post.ts'
import type { SlackMessage } from './slack-blocks.ts'

const TIMEOUT_MS = 10_000

/** Posts a rendered message to an incoming webhook. Slack takes no idempotency key: after a lost answer a duplicate is possible. */
export async function sendSlack(
  message: SlackMessage,
  url: string,
  { post, clock }: { post: HttpPost; clock: Clock },
): Promise<DeliveryResult> {
  const response = await post({
    url,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(message),
    timeoutMs: TIMEOUT_MS,
  })
  // The address is the key; its path alone would be enough to post with.
  const secrets = URL.canParse(url) ? [url, new URL(url).pathname] : [url]
  return classifyResponse(response, {
    who: 'Slack',
    now: clock.now(),
    secrets: secrets.filter((secret) => secret !== '/'),
  })
}
