/** So many in so many seconds, refilled evenly: `{ capacity: 60, windowSeconds: 60 }` allows 60 at once and then one a second. */
export interface RateLimit {
  capacity: number
  windowSeconds: number
}

export type RateVerdict = { allowed: true; remaining: number } | { allowed: false; retryAfterSeconds: number }

/** Counts what is asked for, over all workers. Throws when the database is away. */
export interface RateLimiter {
  /** `bucket` names who asks for what: `ping:<monitor id>`. Nothing personal in it: addresses are hashed before. */
  take(bucket: string, limit: RateLimit): Promise<RateVerdict>
  /** Takes back what `take` counted. */
  giveBack(bucket: string, limit: RateLimit): Promise<void>
}
