import type { RateLimit, RateLimiter } from '../../ports/rate-limiter.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Token buckets in Postgres; needs the service role. */
export function createRateLimiter(client: Client): RateLimiter {
  const take = async (bucket: string, { capacity, windowSeconds }: RateLimit, cost: number) =>
    (await call(client, 'take_tokens', {
      p_bucket: bucket,
      p_capacity: capacity,
      p_window_seconds: windowSeconds,
      p_cost: cost,
    })) as { allowed: true; remaining: number } | { allowed: false; retry_after_seconds: number }
  return {
    async take(bucket, limit) {
      const answer = await take(bucket, limit, 1)
      return answer.allowed ? answer : { allowed: false, retryAfterSeconds: answer.retry_after_seconds }
    },
    async giveBack(bucket, limit) {
      await take(bucket, limit, -1)
    },
  }
}
