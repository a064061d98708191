import type { RateLimit, RateVerdict } from '@/lib/ports/rate-limiter.ts'

/**
 * How much of a limit is left, as draft-ietf-httpapi-ratelimit-headers-10 writes it: `q` requests in `w` seconds, of which `r` remain; when
 * none do, the next one in `t` seconds.
 */
export function writeLimits({ capacity, windowSeconds }: RateLimit, verdict: RateVerdict): Record<string, string> {
  const left = verdict.allowed ? `r=${verdict.remaining}` : `r=0;t=${verdict.retryAfterSeconds}`
  return { 'ratelimit-policy': `"key";q=${capacity};w=${windowSeconds}`, ratelimit: `"key";${left}` }
}
