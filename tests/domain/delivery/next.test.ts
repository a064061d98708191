import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundWait,
  DEAD_AFTER_MS,
  decideNextAttempt,
  RETRY_AFTER_MAX_MS,
  RETRY_MIN_MS,
} from '../../../lib/domain/delivery/next.ts'
import type { DeliveryResult } from '../../../lib/domain/delivery/result.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const CREATED_AT = Date.UTC(2026, 10, 21)

function retry(retryAfterMs: number | null = null): DeliveryResult {
  return { outcome: 'retry', detail: 'Resend answered 503', statusCode: 503, retryAfterMs, uncertain: false }
}
function next(result: DeliveryResult, attempt = 1, ageMs = 0, chance = 0.5) {
  return decideNextAttempt({ result, attempt, createdAt: CREATED_AT, now: CREATED_AT + ageMs, chance })
}

describe('one result, one consequence', () => {
  test('delivered is done', () => {
    expect(next({ outcome: 'delivered', detail: '', providerId: null, viaOutbox: false })).toEqual({ kind: 'done' })
  })
  test('refused is dead at once, with the words of the provider', () => {
    expect(next({ outcome: 'rejected', detail: 'Resend answered 422: wrong address', statusCode: 422 })).toEqual({
      kind: 'dead',
      reason: 'Refused for good: Resend answered 422: wrong address',
    })
  })
  test('gone switches the channel off', () => {
    expect(next({ outcome: 'gone', detail: 'The webhook answered 410', statusCode: 410 }).kind).toBe('disable_channel')
  })
  test('a passing failure is tried again, with its reason', () => {
    expect(next(retry())).toMatchObject({ kind: 'retry', reason: 'Resend answered 503' })
  })
})

test('the schedule is 5 s, 10 s, 30 s, 2 min, 5 min, and 5 min from there', () => {
  const bounds = [1, 2, 3, 4, 5, 6, 600].map(boundWait)
  expect(bounds).toEqual([5 * SECOND, 10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 5 * MINUTE, 5 * MINUTE])
})

test('a delivery is tried for a day and then dead, however many attempts that was', () => {
  expect(next(retry(), 900, DEAD_AFTER_MS - 1).kind).toBe('retry')
  expect(next(retry(), 2, DEAD_AFTER_MS)).toEqual({
    kind: 'dead',
    reason: 'Given up after 24 h and 2 attempts: Resend answered 503',
  })
})

const attempts = fc.integer({ min: 1, max: 10_000 })
const ages = fc.integer({ min: 0, max: DAY - 1 })
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

function waitOf(result: DeliveryResult, attempt: number, ageMs: number, chance: number): number {
  const decision = next(result, attempt, ageMs, chance)
  if (decision.kind !== 'retry') throw new Error(`expected a retry, got ${decision.kind}`)
  return decision.at - (CREATED_AT + ageMs)
}

test('no retry comes before the provider asked for it, up to an hour', () => {
  fc.assert(
    fc.property(attempts, ages, chances, fc.integer({ min: 0, max: 2 * DAY }), (attempt, age, chance, asked) => {
      const wait = waitOf(retry(asked), attempt, age, chance)
      expect(wait).toBeGreaterThanOrEqual(Math.min(asked, RETRY_AFTER_MAX_MS))
      expect(wait).toBeLessThanOrEqual(Math.max(HOUR, boundWait(attempt)))
    }),
  )
})

test('every wait lies between the least and the bound of its attempt, and the first is at most 5 s', () => {
  fc.assert(
    fc.property(attempts, ages, chances, (attempt, age, chance) => {
      const wait = waitOf(retry(), attempt, age, chance)
      expect(wait).toBeGreaterThanOrEqual(RETRY_MIN_MS)
      expect(wait).toBeLessThanOrEqual(boundWait(attempt))
      expect(waitOf(retry(), 1, age, chance)).toBeLessThanOrEqual(5 * SECOND)
    }),
  )
})

test('the bound never falls as attempts grow, and the same chance never waits shorter', () => {
  fc.assert(
    fc.property(attempts, chances, (attempt, chance) => {
      expect(boundWait(attempt + 1)).toBeGreaterThanOrEqual(boundWait(attempt))
      expect(waitOf(retry(), attempt + 1, 0, chance)).toBeGreaterThanOrEqual(waitOf(retry(), attempt, 0, chance))
    }),
  )
})
