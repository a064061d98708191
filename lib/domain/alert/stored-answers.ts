import type { AnswerOf, Figures, Span } from '../series/figures.ts'
import { mergeHistograms } from '../series/histogram.ts'
import type { Term } from '../series/panel.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { createWindow, type StoredFigures, type WindowOf } from './sliding-figures.ts'

/** Everything that was stored of a metric under some conditions, by the values of `groupBy`. */
export interface StoredTerm {
  metric: string
  where: Term['where']
  groupBy: readonly string[]
  /** From this whole hour on there are minutes; before it, hours. */
  minutesFrom: Instant
  lines: readonly { group: readonly string[]; hours: readonly StoredFigures[]; minutes: readonly StoredFigures[] }[]
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
 * that it touches: counts and sums by length, everything else as it was in them.
 */
export function createStoredAnswers(terms: readonly StoredTerm[]): AnswerOf {
  const byKey = new Map(terms.map((term) => [termKeyOf(term, term.groupBy), term]))
  const keys = new WeakMap<Term, Map<readonly string[], string>>()
  const cursors = new Map<string, Cursor[]>()

  function keyOf({ term, groupBy }: Span): string {
    const known = keys.get(term) ?? new Map<readonly string[], string>()
    keys.set(term, known)
    const key = known.get(groupBy) ?? termKeyOf(term, groupBy)
    known.set(groupBy, key)
    return key
  }

  return (span) => {
    const key = keyOf(span)
    const stored = byKey.get(key)
    if (stored === undefined) throw new Error(`nothing was read for ${key}`)
    const slot = `${key} ${span.until - span.from}`
    const open = cursors.get(slot) ?? []
    cursors.set(slot, open)
    const cursor = cursorFor(open, span, stored)
    cursor.until = span.until
    return cursor.windows.flatMap(({ group, windowOf }) => {
      const figures = windowOf(span.from, span.until)
      return figures === null ? [] : [{ group, figures }]
    })
  }
}

interface Cursor {
  until: Instant
  windows: readonly { group: readonly string[]; windowOf: WindowOf }[]
}

/** A baseline asks for the same length at several distances: each of them has a window of its own that only moves forward. */
function cursorFor(open: Cursor[], span: Span, stored: StoredTerm): Cursor {
  let best: Cursor | null = null
  for (const cursor of open) {
    const isNear = cursor.until <= span.until && span.until - cursor.until <= 2 * HOUR
    if (isNear && (best === null || cursor.until > best.until)) best = cursor
  }
  if (best !== null) return best
  const made = {
    until: span.until,
    windows: stored.lines.map(({ group, hours, minutes }) => ({
      group,
      windowOf: joinWindows(createWindow(hours), createWindow(minutes), stored.minutesFrom),
    })),
  }
  open.push(made)
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
