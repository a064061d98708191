import type { Instant } from '../time/instant.ts'
import type { Histogram } from './histogram.ts'
import type { Term } from './panel.ts'
import type { MetricKind } from './sample.ts'

/** A question to the store: what a term came to in `from <= at < until`, by the values of `groupBy`. Whole minutes. */
export interface Span {
  term: Term
  groupBy: readonly string[]
  from: Instant
  until: Instant
}

/** Everything that any aggregate needs, of all samples of a span. Figures of spans side by side add up (`mergeFigures`). */
export interface Figures {
  kind: MetricKind
  count: number
  /** For a counter what it grew by. */
  sum: number
  min: number | null
  max: number | null
  last: number | null
  lastAt: Instant
  histogram: Histogram
}

/** What was asked for in groups: the values of `groupBy` in its order, and their figures. A group without samples is not in it. */
export type SpanAnswer = readonly { group: readonly string[]; figures: Figures }[]

/** How an evaluator gets at figures: live from one read of the database, in a back-test from stored minutes. */
export type AnswerOf = (span: Span) => SpanAnswer
