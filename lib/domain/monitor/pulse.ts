import { type Instant, MINUTE } from '../time/instant.ts'

export type PulseLevel = 'never' | 'fresh' | 'late' | 'stalled'

/** The tick comes once a minute: two missed are amber, five are red. */
const LATE_AFTER_MS = 2 * MINUTE
export const STALLED_AFTER_MS = 5 * MINUTE

/** Whether Vigie is at work, from the age of its last good tick. */
export function pulseLevel(lastTickAt: Instant | null, now: Instant): PulseLevel {
  if (lastTickAt === null) return 'never'
  const ageMs = now - lastTickAt
  if (ageMs > STALLED_AFTER_MS) return 'stalled'
  return ageMs > LATE_AFTER_MS ? 'late' : 'fresh'
}

/**
 * When the watcher was last seen at work. A tick takes a minute, so that the first one after a start would leave a page red for all of
 * it: a fresh result counts too, unless the last finished tick failed, when results alone say nothing about what is sent.
 */
export function lastSeenAt(
  tick: { lastSuccessAt: Instant | null; lastError: string | null } | null,
  lastResultAt: Instant | null,
): Instant | null {
  const successAt = tick?.lastSuccessAt ?? null
  if (tick === null || tick.lastError !== null || lastResultAt === null) return successAt
  return Math.max(successAt ?? lastResultAt, lastResultAt)
}
