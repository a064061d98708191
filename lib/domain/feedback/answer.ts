import type { Instant } from '../time/instant.ts'

/** 1 is the worst, 5 the best; for speed 1 is very slow, 5 very fast. */
export const RATINGS = [1, 2, 3, 4, 5] as const
export type Rating = (typeof RATINGS)[number]

/** In characters, as Postgres counts them. Fields of browsers count halves of some of them, and let through no more than that. */
export const COMMENT_LENGTH_MAX = 1_000
/** Ten minutes: whatever took longer was a laptop that slept. */
export const LOAD_MAX_MS = 600_000

/** What one user said of one page, once. */
export interface FeedbackAnswer {
  rating: Rating
  /** Empty when nothing was written. */
  comment: string
  /** The path, without a query; empty when it is not known. */
  page: string
  /** How fast the page felt; null when that was not asked or not answered. */
  perceivedSpeed: Rating | null
  /** How long the page took to load, as its browser measured it; null when it did not. */
  loadMs: number | null
  /** Language of the question, `en`; empty when it is not known. */
  locale: string
  release: string
  environment: string
}

/** An answer as it is sent. The last one under an id counts. */
export interface GivenAnswer extends FeedbackAnswer {
  /** The sender's own. */
  id: string
  /** When it was answered; null for now. */
  at: Instant | null
}

/** An answer as it is kept. */
export interface KeptAnswer extends FeedbackAnswer {
  id: string
  answeredAt: Instant
}
