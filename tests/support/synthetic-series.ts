import type { AnswerOf, Figures, Span } from '../../lib/domain/series/figures.ts'
import type { Histogram } from '../../lib/domain/series/histogram.ts'
import type { Condition } from '../../lib/domain/series/question.ts'
import type { MetricKind } from '../../lib/domain/series/sample.ts'
import type { Instant } from '../../lib/domain/time/instant.ts'

/** What a series would hold of a moment: `times` values of `value`; of a counter an increase of `value`. */
export interface SyntheticSample {
  metric: string
  kind: MetricKind
  attributes: Readonly<Record<string, string>>
  at: Instant
  value: number
  times: number
}

/** Answers as the store gives them, from samples that a test made up. */
export function answerOfSamples(samples: readonly SyntheticSample[]): AnswerOf {
  const byMetric = groupBy(samples, ({ metric }) => metric)
  return (span) => {
    const meant = (byMetric.get(span.term.metric) ?? []).filter((sample) => isMeant(sample, span))
    const groups = groupBy(meant, ({ attributes }) =>
      JSON.stringify(span.groupBy.map((name) => attributes[name] ?? '')),
    )
    return [...groups].map(([key, members]) => ({ group: JSON.parse(key) as string[], figures: figuresOf(members) }))
  }
}

function isMeant({ attributes, at }: SyntheticSample, { term, from, until }: Span): boolean {
  if (at < from || at >= until) return false
  return Object.entries(term.where ?? {}).every(([name, condition]) => holds(attributes[name], condition))
}

function holds(value: string | undefined, condition: Condition): boolean {
  if (condition === null) return value === undefined
  if (typeof condition === 'string') return value === condition
  return value?.startsWith(condition.prefix) ?? false
}

function figuresOf(samples: readonly SyntheticSample[]): Figures {
  const last = samples.reduce((one, other) => (other.at >= one.at ? other : one))
  const isCounter = last.kind === 'counter'
  const values = samples.map(({ value }) => value)
  return {
    kind: last.kind,
    count: isCounter ? samples.length : samples.reduce((sum, { times }) => sum + times, 0),
    sum: samples.reduce((sum, { value, times }) => sum + value * (isCounter ? 1 : times), 0),
    min: isCounter ? null : Math.min(...values),
    max: isCounter ? null : Math.max(...values),
    last: last.kind === 'gauge' ? last.value : null,
    lastAt: last.at,
    histogram: isCounter ? { keys: [], counts: [] } : histogramOf(samples),
  }
}

/** Scale 6: bucket k holds (2^(k/64), 2^((k+1)/64)]. */
function histogramOf(samples: readonly SyntheticSample[]): Histogram {
  const counts = new Map<number, number>()
  for (const { value, times } of samples) {
    const key = value === 0 ? -32_768 : Math.ceil(Math.log2(value) * 64) - 1
    counts.set(key, (counts.get(key) ?? 0) + times)
  }
  const keys = [...counts.keys()].sort((one, other) => one - other)
  return { keys, counts: keys.map((key) => counts.get(key) ?? 0) }
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [item])
    else known.push(item)
  }
  return groups
}
