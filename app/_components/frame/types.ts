import type { Instant } from '../../../lib/domain/time/instant.ts'

export type Role = 'owner' | 'admin' | 'responder' | 'viewer'

export interface ProjectName {
  slug: string
  name: string
}

/** Whether Vigie itself is at work. */
export interface PulseFacts {
  /** End of the last good tick; null before the first. */
  lastTickAt: Instant | null
  /** The server's clock when the page was made. */
  now: Instant
  /** Why no tick came, when that is known: shown instead of the general advice. */
  reason: string | null
}
