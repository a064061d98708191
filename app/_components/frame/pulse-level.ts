import { type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'

export type PulseLevel = 'never' | 'fresh' | 'late' | 'stalled'

/** The tick comes once a minute: two missed are amber, five are red. */
const LATE_AFTER_MS = 2 * MINUTE
const STALLED_AFTER_MS = 5 * MINUTE

/** Whether Vigie is at work, from the age of its last good tick. */
export function pulseLevel(lastTickAt: Instant | null, now: Instant): PulseLevel {
  if (lastTickAt === null) return 'never'
  const ageMs = now - lastTickAt
  if (ageMs > STALLED_AFTER_MS) return 'stalled'
  return ageMs > LATE_AFTER_MS ? 'late' : 'fresh'
}
