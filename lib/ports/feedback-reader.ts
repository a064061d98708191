import type { KeptAnswer, Rating } from '../domain/feedback/answer.ts'
import type { RatingCounts } from '../domain/feedback/ratings.ts'
import type { Instant } from '../domain/time/instant.ts'

export interface AnswerSpan {
  from: Instant
  until: Instant
  /** Null for all pages. */
  page: string | null
}

/** Where a list of answers goes on. */
export interface AnswerPosition {
  at: Instant
  id: string
}

export interface AnswerSearch extends AnswerSpan {
  /** Null for all ratings. */
  rating: Rating | null
  /** Only those who wrote something. */
  onlyComments: boolean
  below: AnswerPosition | null
  limit: number
}

export interface WeekRatings {
  /** Monday 00:00 in the project's zone. */
  at: Instant
  counts: RatingCounts
}

export interface PageRatings {
  /** Empty when the sender did not say. */
  page: string
  count: number
  /** Of all ratings. */
  sum: number
}

/** Those who felt a page to be so fast, and how long it really took for them. */
export interface SpeedRatings {
  perceived: Rating
  count: number
  /** How many of them have a measurement. */
  measured: number
  medianMs: number | null
  p75Ms: number | null
}

export interface SatisfactionFigures {
  /** False while nobody ever answered. */
  hasAny: boolean
  weeks: readonly WeekRatings[]
  /** Of every page, worst first; at most fifty, the most answered ones. */
  pages: readonly PageRatings[]
  speeds: readonly SpeedRatings[]
}

/** What users said, as far as the person who asks may read it. */
export interface FeedbackReader {
  readFigures(projectId: string, span: AnswerSpan, timeZone: string): Promise<SatisfactionFigures>
  /** Newest first. */
  listAnswers(projectId: string, search: AnswerSearch): Promise<KeptAnswer[]>
  /** The public key that pages carry; null when the project has none. */
  readSiteKey(projectId: string): Promise<string | null>
}
