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

/**
 * Why there are no counts: the token is not known, may not read this, or cannot be opened here; there is no such organization or project; we
 * asked too often; no answer in time, none at all, one of another status, or one that is no count.
 */
export type ProviderProblem =
  | 'token_unknown'
  | 'token_forbidden'
  | 'token_sealed_otherwise'
  | 'not_found'
  | 'too_often'
  | 'timeout'
  | 'unreachable'
  | 'other_status'
  | 'unreadable'

export type CountedErrors = { ok: true; hours: CountedHour[] } | { ok: false; problem: ProviderProblem }

/** Asks an error tracker how many errors there were. Never throws: a provider that is away is expected. */
export interface ErrorCounter {
  count(question: ErrorQuestion): Promise<CountedErrors>
}
