import type { Instant } from '../domain/time/instant.ts'

/** What the database knows about the watcher itself, in database time. */
export interface HealthFacts {
  now: Instant
  /** Last good end of a tick; null when there was none. */
  tickSucceededAt: Instant | null
  /** Null before the first tick. */
  tickStartedAt: Instant | null
  /** A tick that ended with an error, and none since that was good. */
  hasTickFailed: boolean
  /** Since when there has been something to watch; null when there is nothing. */
  firstMonitorAt: Instant | null
  /** Messages that should have gone out and have not. */
  hasBacklog: boolean
  /** Messages that were given up within the last hour. */
  hasDeadLetters: boolean
}

export interface HealthStore {
  /** Throws when the database does not answer soon. */
  readHealth(): Promise<HealthFacts>
}
