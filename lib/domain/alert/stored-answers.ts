import type { AnswerOf, Figures, Span, SpanAnswer } from '../series/figures.ts'
import { mergeHistograms } from '../series/histogram.ts'
import type { Term } from '../series/panel.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { createWindow, type WindowOf } from './sliding-figures.ts'
import type { StoredColumns } from './stored-columns.ts'

/** Everything that was stored of a metric under some conditions, by the values of `groupBy`. */
export interface StoredTerm {
  metric: string
  where: Term['where']
  groupBy: readonly string[]
  /** From this whole hour on there are minutes; before it, hours. */
  minutesFrom: Instant
  lines: readonly { group: readonly string[]; hours: StoredColumns; minutes: StoredColumns }[]
}

/** Which stored term answers a span: the aggregate is taken afterwards and makes no difference. */
export function termKeyOf(
  { metric, where }: { metric: string; where?: Term['where'] | undefined },
  groupBy: readonly string[],
): string {
  const conditions = Object.entries(where ?? {}).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([metric, conditions, groupBy])
}

/**
 * Answers spans from what is stored. Exact where there are minutes. Where only hours are left, a span is taken for its share of the hours
 * that it touches: counts and sums by length, everything else as it was in them. An answer is good until the next question.
 */
export function createStoredAnswers(terms: readonly StoredTerm[]): AnswerOf {
  const byKey = new Map(terms.map((term) => [termKeyOf(term, term.groupBy), term]))
  const tracks = new Map<string, Track>()
  const known = new WeakMap<Term, { groupBy: readonly string[]; lengthMs: number; track: Track }[]>()

  function findTrack({ term, groupBy }: Span, lengthMs: number): Track {
    const key = termKeyOf(term, groupBy)
    const stored = byKey.get(key)
    if (stored === undefined) throw new Error(`nothing was read for ${key}`)
    const slot = `${key} ${lengthMs}`
    const track = tracks.get(slot) ?? { stored, cursors: [] }
    tracks.set(slot, track)
    return track
  }

  function trackOf(span: Span): Track {
    const lengthMs = span.until - span.from
    const own = known.get(span.term) ?? []
    for (const one of own) if (one.lengthMs === lengthMs && one.groupBy === span.groupBy) return one.track
    const track = findTrack(span, lengthMs)
    known.set(span.term, [...own, { groupBy: span.groupBy, lengthMs, track }])
    return track
  }

  return (span) => {
    const track = trackOf(span)
    const cursor = cursorFor(track, span)
    if (cursor.answer === null || cursor.until !== span.until) {
      cursor.until = span.until
      cursor.answer = answer(cursor, span)
    }
    return cursor.answer
  }
}

/** Everything that is asked of a term over one length of time. */
interface Track {
  stored: StoredTerm
  cursors: Cursor[]
}

interface Cursor {
  until: Instant
  /** To the question that was asked last. */
  answer: SpanAnswer | null
  windows: readonly { group: readonly string[]; windowOf: WindowOf }[]
}

function answer({ windows }: Cursor, { from, until }: Span): SpanAnswer {
  const found: { group: readonly string[]; figures: Figures }[] = []
  for (const { group, windowOf } of windows) {
    const figures = windowOf(from, until)
    if (figures !== null) found.push({ group, figures })
  }
  return found
}

/** A baseline asks for the same length at several distances: each of them has a window of its own that only moves forward. */
function cursorFor({ stored, cursors }: Track, { until }: Span): Cursor {
  let best: Cursor | null = null
  for (const cursor of cursors) {
    const isNear = cursor.until <= until && until - cursor.until <= 2 * HOUR
    if (isNear && (best === null || cursor.until > best.until)) best = cursor
  }
  if (best !== null) return best
  const windows = stored.lines.map(({ group, hours, minutes }) => ({
    group,
    windowOf: joinWindows(createWindow(hours), createWindow(minutes), stored.minutesFrom),
  }))
  const made = { until, answer: null, windows }
  cursors.push(made)
  return made
}

function joinWindows(hoursOf: WindowOf, minutesOf: WindowOf, minutesFrom: Instant): WindowOf {
  return (from, until) => {
    if (from >= minutesFrom) return minutesOf(from, until)
    const end = Math.min(until, minutesFrom)
    const firstHour = Math.floor(from / HOUR) * HOUR
    const lastHour = Math.ceil(end / HOUR) * HOUR
    const share = (end - from) / (lastHour - firstHour)
    const hours = scale(hoursOf(firstHour, lastHour), share)
    const minutes = until > minutesFrom ? minutesOf(minutesFrom, until) : null
    return hours === null ? minutes : minutes === null ? hours : join(hours, minutes)
  }
}

function scale(figures: Figures | null, share: number): Figures | null {
  if (figures === null || share === 1) return figures
  return { ...figures, count: figures.count * share, sum: figures.sum * share }
}

function join(earlier: Figures, later: Figures): Figures {
  return {
    kind: later.kind,
    count: earlier.count + later.count,
    sum: earlier.sum + later.sum,
    min: earlier.min === null ? later.min : later.min === null ? earlier.min : Math.min(earlier.min, later.min),
    max: earlier.max === null ? later.max : later.max === null ? earlier.max : Math.max(earlier.max, later.max),
    last: later.last ?? earlier.last,
    lastAt: later.lastAt,
    histogram: mergeHistograms([earlier.histogram, later.histogram]),
  }
}
