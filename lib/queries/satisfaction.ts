import type { KeptAnswer, Rating } from '../domain/feedback/answer.ts'
import { addRatings, averageRating, countRatings, type RatingCounts } from '../domain/feedback/ratings.ts'
import { DAY, type Instant, MINUTE } from '../domain/time/instant.ts'
import { weekAt } from '../domain/time/week.ts'
import type {
  AnswerPosition,
  AnswerSearch,
  FeedbackReader,
  SatisfactionFigures,
  SpeedRatings,
  WeekRatings,
} from '../ports/feedback-reader.ts'

/** Whole weeks, the running one included: the trend is drawn by the week. */
const RANGES = { '4w': 4, '13w': 13, '52w': 52 } as const
export type SatisfactionRange = keyof typeof RANGES
export const SATISFACTION_RANGES = Object.keys(RANGES) as [SatisfactionRange, ...SatisfactionRange[]]

/** Comments of one page of the list; each may have a thousand characters. */
const PAGE_SIZE = 25
/** What PostgREST gives at most in one answer. */
const CHUNK_SIZE = 1_000
/** Senders' clocks may be so far ahead. */
const AHEAD = 10 * MINUTE

/** What the address of the page says. */
export interface SatisfactionRequest {
  range: SatisfactionRange
  page: string | null
  rating: Rating | null
  below: AnswerPosition | null
}

export interface SatisfactionView extends Pick<SatisfactionFigures, 'hasAny' | 'weeks' | 'pages' | 'speeds'> {
  from: Instant
  until: Instant
  counts: RatingCounts
  count: number
  /** 1 to 5; null without any answer. */
  average: number | null
  /** Those who wrote something, newest first. */
  comments: readonly KeptAnswer[]
  /** Where older comments go on; null at the end of the range. */
  next: AnswerPosition | null
}

interface Place {
  projectId: string
  timeZone: string
  now: Instant
}

/** Figures and one page of comments. */
export async function readSatisfaction(
  reader: Pick<FeedbackReader, 'readFigures' | 'listAnswers'>,
  { projectId, timeZone, now }: Place,
  request: SatisfactionRequest,
): Promise<SatisfactionView> {
  const span = spanOf(timeZone, now, request)
  const { rating, below } = request
  const [figures, found] = await Promise.all([
    reader.readFigures(projectId, span, timeZone),
    reader.listAnswers(projectId, { ...span, rating, onlyComments: true, below, limit: PAGE_SIZE + 1 }),
  ])
  const comments = found.slice(0, PAGE_SIZE)
  const counts = addRatings(figures.weeks.map((week) => week.counts))
  return {
    ...figures,
    from: span.from,
    until: span.until,
    counts,
    count: countRatings(counts),
    average: averageRating(counts),
    comments,
    next: found.length > PAGE_SIZE ? positionAfter(comments) : null,
  }
}

/** Every answer of a range, newest first, in pieces: a year of them is not held in memory at once. */
export async function* readAllAnswers(
  reader: Pick<FeedbackReader, 'listAnswers'>,
  { projectId, timeZone, now }: Place,
  request: SatisfactionRequest,
): AsyncGenerator<KeptAnswer[]> {
  const search: AnswerSearch = {
    ...spanOf(timeZone, now, request),
    rating: request.rating,
    onlyComments: false,
    below: null,
    limit: CHUNK_SIZE,
  }
  for (let below: AnswerPosition | null = null; ; ) {
    const answers: KeptAnswer[] = await reader.listAnswers(projectId, { ...search, below })
    if (answers.length > 0) yield answers
    if (answers.length < CHUNK_SIZE) return
    below = positionAfter(answers)
  }
}

/** The first and the last week that somebody answered in, when there are two to compare. */
export function describeTrend(weeks: readonly WeekRatings[]): { first: number; last: number } | null {
  const averages = weeks.flatMap(({ counts }) => averageRating(counts) ?? [])
  const [first, last] = [averages[0], averages.at(-1)]
  return averages.length < 2 || first === undefined || last === undefined ? null : { first, last }
}

/** How long it took for those who felt it slowest and fastest, where both were measured. */
export function describeSpeeds(
  speeds: readonly SpeedRatings[],
): { slowest: SpeedRatings; fastest: SpeedRatings } | null {
  const measured = speeds.filter(({ medianMs }) => medianMs !== null)
  const [slowest, fastest] = [measured[0], measured.at(-1)]
  return measured.length < 2 || slowest === undefined || fastest === undefined ? null : { slowest, fastest }
}

function spanOf(timeZone: string, now: Instant, { range, page }: SatisfactionRequest) {
  // Counted back from the middle of the running week: no clock change reaches from there into another one.
  const middle = weekAt(timeZone, now).startAt + 3.5 * DAY
  const from = weekAt(timeZone, middle - (RANGES[range] - 1) * 7 * DAY).startAt
  return { from, until: now + AHEAD, page }
}

function positionAfter(answers: readonly KeptAnswer[]): AnswerPosition | null {
  const last = answers.at(-1)
  return last === undefined ? null : { at: last.answeredAt, id: last.id }
}
