import type { Instant } from '../time/instant.ts'
import type { Matcher } from './matcher.ts'

/** What somebody does not want to hear of for a while. `startsAt <= at < endsAt`. */
export interface Silence {
  id: string
  matchers: readonly Matcher[]
  startsAt: Instant
  endsAt: Instant
  /** Who made it, by name. */
  author: string
  comment: string
}

export const STAGES = ['active', 'scheduled', 'past'] as const
/** Where a silence or a maintenance stands. */
export type Stage = (typeof STAGES)[number]

export function stageOf({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }, now: Instant): Stage {
  if (endsAt <= now) return 'past'
  return startsAt <= now ? 'active' : 'scheduled'
}

/** Longest silence: what nobody wants to hear for longer belongs into the rule. */
export const SILENCE_DAYS = 90
