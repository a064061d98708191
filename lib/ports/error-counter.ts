import type { Instant } from '../domain/time/instant.ts'

export interface ErrorQuestion {
  organization: string
  project: string
  token: string
  /** Whole hours. */
  from: Instant
  until: Instant
}

export interface CountedHour {
  startAt: Instant
  count: number
}

/** `detail` is a sentence for the admins; it never holds the token. */
export type CountedErrors = { ok: true; hours: CountedHour[] } | { ok: false; detail: string }

/** Asks an error tracker how many errors there were. Never throws: a provider that is away is expected. */
export interface ErrorCounter {
  count(question: ErrorQuestion): Promise<CountedErrors>
}
