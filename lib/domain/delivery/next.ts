import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../time/instant.ts'
import type { DeliveryResult } from './result.ts'

/**
 * Base of the wait after attempt 1, 2, 3 …; the last entry repeats. Standard Webhooks proposes 5 s, 5 min, 30 min, 2 h …, which is
 * right for data and too slow for a page: here a provider that comes back is tried again within five minutes, also after a long night.
 */
export const RETRY_BASES_MS: readonly number[] = [5 * SECOND, 10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE]

/** A full jitter of zero would repeat at once; this keeps a wait a wait. */
export const RETRY_MIN_MS = 500

/** A provider may ask for more; an hour without a try is the most that a page can bear. */
export const RETRY_AFTER_MAX_MS = HOUR

/**
 * After a day a delivery is dead, as Standard Webhooks proposes. Counted in time and not in attempts: 60 attempts at this pace would
 * give up after two and a half hours, and providers have been away for longer.
 */
export const DEAD_AFTER_MS = DAY

export type NextAttempt =
  | { kind: 'done' }
  | { kind: 'retry'; at: Instant; reason: string }
  | { kind: 'dead'; reason: string }
  | { kind: 'disable_channel'; reason: string }

export interface AttemptFacts {
  result: DeliveryResult
  /** Which attempt gave this result, from 1. */
  attempt: number
  /** When the notification was decided: its day of retries starts there. */
  createdAt: Instant
  now: Instant
  /** Uniform in [0, 1), from the `Random` port. */
  chance: number
}

/** Decides what follows one delivery attempt. */
export function decideNextAttempt({ result, attempt, createdAt, now, chance }: AttemptFacts): NextAttempt {
  switch (result.outcome) {
    case 'delivered':
      return { kind: 'done' }
    case 'rejected':
      return { kind: 'dead', reason: `Refused for good: ${result.detail}` }
    case 'gone':
      return { kind: 'disable_channel', reason: `The receiver says that it is gone (410): ${result.detail}` }
    case 'retry': {
      if (now - createdAt >= DEAD_AFTER_MS) {
        return { kind: 'dead', reason: `Given up after 24 h and ${attempt} attempts: ${result.detail}` }
      }
      const waitMs = chooseWait(attempt, result.retryAfterMs, chance)
      return { kind: 'retry', at: now + waitMs, reason: result.detail }
    }
  }
}

/** The longest jittered wait after an attempt, in ms; never falls as attempts grow. */
export function boundWait(attempt: number): number {
  const index = Math.min(Math.max(1, attempt), RETRY_BASES_MS.length) - 1
  return RETRY_BASES_MS[index] ?? 5 * MINUTE
}

/**
 * Full jitter (a uniform share of the base, as "Exponential Backoff And Jitter" of the AWS architecture blog finds best against
 * crowds), and never before the provider's `Retry-After`, up to the cap.
 */
function chooseWait(attempt: number, retryAfterMs: number | null, chance: number): number {
  const jitteredMs = Math.max(RETRY_MIN_MS, Math.round(chance * boundWait(attempt)))
  return Math.max(jitteredMs, Math.min(Math.ceil(retryAfterMs ?? 0), RETRY_AFTER_MAX_MS))
}
