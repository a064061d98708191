import { HOUR, type Instant, MINUTE } from '../time/instant.ts'
import { instantIn, type LocalDate, localDateIn } from '../time/zoned.ts'

/** What is known of a project's digests when the machine looks for work. */
export interface DigestHistory {
  timeZone: string
  /** When the project first wanted digests. */
  wantedSince: Instant
  /** Local day of the newest digest; null before the first. */
  lastDay: LocalDate | null
  /** Queries are due or under way. */
  hasRunning: boolean
}

const DUE_TIME_OF_DAY = 9 * HOUR
/** Queries of nine o'clock are worth waiting for; one that never answers is not. */
const WAIT_MS = 5 * MINUTE

/**
 * The local day whose digest is due, or null. Due at 09:00 on the project's clocks, once a day, also when the machine was away at that
 * time; of days that passed altogether nothing is sent later. Who began to want digests after nine gets the first one tomorrow.
 */
export function dueDigestDay(history: DigestHistory, now: Instant): LocalDate | null {
  const today = localDateIn(history.timeZone, now)
  const dueAt = instantIn(history.timeZone, today, DUE_TIME_OF_DAY)
  if (now < dueAt || history.wantedSince > dueAt) return null
  if (history.lastDay !== null && history.lastDay >= today) return null
  return history.hasRunning && now < dueAt + WAIT_MS ? null : today
}
