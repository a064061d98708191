import type { Figures, SpanAnswer } from '../series/figures.ts'
import { EMPTY_HISTOGRAM, mergeHistograms, quantile } from '../series/histogram.ts'
import type { Aggregate } from '../series/question.ts'
import { SECOND } from '../time/instant.ts'
import { groupKeyOf } from './outcome.ts'

/**
 * Adds up figures of spans or series side by side. Exact, in any order and grouping; of two values at the same instant the later one in the
 * list is the last. Null when there are none.
 */
export function mergeFigures(parts: readonly Figures[]): Figures | null {
  const [first, ...rest] = parts
  if (first === undefined) return null
  if (rest.length === 0) return first
  const newest = parts.reduce((one, other) => (other.lastAt >= one.lastAt ? other : one))
  const isHistogramEmpty = parts.every(({ histogram }) => histogram.keys.length === 0)
  return {
    kind: newest.kind,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    sum: parts.reduce((sum, part) => sum + part.sum, 0),
    min: smallest(parts.map(({ min }) => min)),
    max: largest(parts.map(({ max }) => max)),
    last: newest.last,
    lastAt: newest.lastAt,
    histogram: isHistogramEmpty ? EMPTY_HISTOGRAM : mergeHistograms(parts.map(({ histogram }) => histogram)),
  }
}

/** Answers for spans side by side as the answer for the whole, group by group. */
export function mergeAnswers(answers: readonly SpanAnswer[]): SpanAnswer {
  const parts = new Map<string, { group: readonly string[]; figures: Figures[] }>()
  for (const { group, figures } of answers.flat()) {
    const key = groupKeyOf(group)
    const known = parts.get(key)
    if (known === undefined) parts.set(key, { group, figures: [figures] })
    else known.figures.push(figures)
  }
  return [...parts.values()].flatMap(({ group, figures }) => {
    const merged = mergeFigures(figures)
    return merged === null ? [] : [{ group, figures: merged }]
  })
}

/**
 * What an aggregate comes to over a span of `spanMs`, exactly as `query_series` of the store answers it (lib/domain/series/question.ts); null
 * when the samples have no such value.
 */
export function valueOfFigures(figures: Figures, aggregate: Aggregate, spanMs: number): number | null {
  const { kind, count, sum, min, max, last, histogram } = figures
  const occurrences = kind === 'counter' ? sum : count
  switch (aggregate) {
    case 'avg':
      return count === 0 ? null : sum / count
    case 'min':
      return min
    case 'max':
      return max
    case 'last':
      return last
    case 'sum':
      return sum
    case 'count':
      return occurrences
    case 'rate':
      return occurrences / (spanMs / SECOND)
    default:
      return quantile(histogram, Number(aggregate.slice(1)) / 100, { minMs: min, maxMs: max })
  }
}

function smallest(values: readonly (number | null)[]): number | null {
  return values.reduce((one, other) => (one === null || (other !== null && other < one) ? other : one), null)
}

function largest(values: readonly (number | null)[]): number | null {
  return values.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one), null)
}
