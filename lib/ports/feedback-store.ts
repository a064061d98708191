import type { GivenAnswer } from '../domain/feedback/answer.ts'

/** Who sent an answer: a visitor's browser with the public key of a site, or a server with an API key. */
export type FeedbackSource = 'browser' | 'server'

/**
 * - `known`: there was an answer under this id, which this one replaces; it counts once.
 * - `too_old`, `too_new`: its time is more than a day ago, or ahead of the database's clock.
 * - `day_full`: the project had ten thousand new answers today.
 */
export type StoredFeedback = 'new' | 'known' | 'too_old' | 'too_new' | 'day_full'

/** Whose pages carry a key, and from where they may send: any origin when the list is empty. */
export interface FeedbackSite {
  projectId: string
  allowedOrigins: readonly string[]
}

/** Where answers of users are kept. Throws when the database is away. */
export interface FeedbackStore {
  /** Null for a key that is nobody's. */
  findSite(publicKey: string): Promise<FeedbackSite | null>
  storeAnswer(projectId: string, source: FeedbackSource, answer: GivenAnswer): Promise<StoredFeedback>
  /** Forgets answers past retention. */
  prune(): Promise<void>
}

/**
 * One answer as a body says it, or the field that is wrong with the end of a sentence that begins with it. `siteKey` is the key of the page
 * that asked; null where there is none.
 */
export type AnswerReading = { siteKey: string | null } & (
  | { ok: true; answer: GivenAnswer }
  | { ok: false; field: string; message: string }
)
