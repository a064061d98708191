import type { Span } from '../series/figures.ts'
import type { Term } from '../series/panel.ts'
import { spansOfSlo } from '../slo/sli.ts'
import type { Slo } from '../slo/slo.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { historySpans } from './anomaly-memory.ts'
import type { Measure } from './condition.ts'
import type { EvaluableRule } from './rule-inputs.ts'

const WEEK = 7 * DAY

/**
 * Every span that `evaluateRule` will ask for at `at`, so that all rules of all projects cost one read. Spans may repeat, within a rule and
 * between rules: `spanKeyOf` tells which are the same. A rule over an SLO that is not there asks for nothing, and an anomaly for no hour of its
 * history that all of its groups remember (up to `rememberedUntil`).
 */
export function spansOf(
  rule: EvaluableRule,
  at: Instant,
  slos: ReadonlyMap<string, Slo>,
  rememberedUntil: Instant | null = null,
): Span[] {
  const { condition, groupBy } = rule
  switch (condition.kind) {
    case 'threshold':
      return spansOfMeasure(condition, groupBy, at)
    case 'absence':
      return [{ term: condition.term, groupBy, from: at - condition.windowMs, until: at }]
    case 'baseline':
      return baselineMoments(condition.weeks, at).flatMap((until) => spansOfMeasure(condition, groupBy, until))
    case 'anomaly':
      return [...spansOfMeasure(condition, groupBy, at), ...historySpans(condition, groupBy, at, rememberedUntil)]
    case 'burn_rate': {
      const slo = slos.get(condition.slo)
      if (slo === undefined) return []
      const lengths = new Set(condition.windows.flatMap(({ longMs, shortMs }) => [longMs, shortMs]))
      return [...lengths].flatMap((lengthMs) => spansOfSlo(slo, at - lengthMs, at))
    }
    case 'consecutive_failures':
    case 'expiry':
    case 'composite':
      return []
  }
}

/** The span of each term of a measure whose window ends at `until`. */
export function spansOfMeasure({ source, windowMs }: Measure, groupBy: readonly string[], until: Instant): Span[] {
  const of = { term: source.of, groupBy, from: until - windowMs, until }
  return source.per === undefined ? [of] : [of, { ...of, term: source.per }]
}

/** Now, and the same moment of each of the weeks before. In UTC: a change to daylight saving time shifts the comparison by an hour for once. */
export function baselineMoments(weeks: number, at: Instant): Instant[] {
  return Array.from({ length: weeks + 1 }, (_, index) => at - index * WEEK)
}

/** One text for spans whose answers are the same. Of the aggregate only whether it needs histograms counts: other figures are always told. */
export function spanKeyOf({ term, groupBy, from, until }: Span): string {
  const where = Object.entries(term.where ?? {}).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([term.metric, where, groupBy, from, until, needsHistogram(term)])
}

/** Percentiles are read from histograms; everything else is not, and cheaper. */
export function needsHistogram({ aggregate }: Term): boolean {
  return /^p\d\d$/.test(aggregate)
}
