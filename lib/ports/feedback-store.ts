import type { GivenAnswer } from '../domain/feedback/answer.ts'

/** Who sent an answer: a visitor's browser with the public key of a site, or a server with an API key. */
export type FeedbackSource = 'browser' | 'server'

/**
 * - `known`: there was an answer under this id, which this one replaces; it counts once.
 * - `too_old`, `too_new`: its time is more than a day ago, or ahead of the database's clock.
 * - `day_full`: the project had ten thousand new answers today.
 */
export type StoredFeedback = 'new' | 'known' | 'too_old' | 'too_new' | 'day_full'

/** Where answers of users are kept. Throws when the database is away. */
export interface FeedbackStore {
  storeAnswer(projectId: string, source: FeedbackSource, answer: GivenAnswer): Promise<StoredFeedback>
  /** Forgets answers past retention. */
  prune(): Promise<void>
}

/** One answer as a body says it, or the field that is wrong with the end of a sentence that begins with it. */
export type AnswerReading = { ok: true; answer: GivenAnswer } | { ok: false; field: string; message: string }
