import { createHash } from 'node:crypto'
import type { RateLimit, RateLimiter } from '@/lib/ports/rate-limiter.ts'

const QUARTER_HOUR = 15 * 60
/** One person at one place. Small: whoever forgot a password asks for a link. */
const OF_PAIR: RateLimit = { capacity: 10, windowSeconds: QUARTER_HOUR }
/** An account from everywhere, and everything from one place. Larger: others must not be able to lock a person out with ease. */
const OF_EACH: RateLimit = { capacity: 100, windowSeconds: QUARTER_HOUR }
/** Links are mails, and nobody wants more of them. */
const OF_LINKS: RateLimit = { capacity: 5, windowSeconds: QUARTER_HOUR }

type Count = readonly [bucket: string, limit: RateLimit]

/** What one attempt counts against. Addresses are hashed: the buckets say nothing about who tried. */
export function signInCounts(intent: 'password' | 'link', email: string, place: string): readonly Count[] {
  const who = email.toLowerCase()
  const own = intent === 'link' ? OF_LINKS : OF_PAIR
  return [
    [`${intent}:pair:${digest(`${who} ${place}`)}`, own],
    [`${intent}:account:${digest(who)}`, OF_EACH],
    [`${intent}:place:${digest(place)}`, OF_EACH],
  ]
}

/** Null when the attempt may be made; else how many seconds to wait. */
export async function countAttempt(limiter: RateLimiter, counts: readonly Count[]): Promise<number | null> {
  for (const [bucket, limit] of counts) {
    const verdict = await limiter.take(bucket, limit)
    if (!verdict.allowed) return verdict.retryAfterSeconds
  }
  return null
}

/** A password that was right has cost nothing. */
export async function forgetAttempt(limiter: RateLimiter, counts: readonly Count[]): Promise<void> {
  await Promise.all(counts.map(([bucket, limit]) => limiter.giveBack(bucket, limit)))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
