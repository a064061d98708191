import type { AnswerOf, Figures, Span } from '../series/figures.ts'
import { type Histogram, isRanked, ZERO_KEY } from '../series/histogram.ts'
import type { Term } from '../series/panel.ts'
import { type Instant, MINUTE } from '../time/instant.ts'
import { VITAL_BOUNDS } from '../vital/vital.ts'
import { addTallies, type Interval, type Tally, tallySlices } from './methods.ts'
import type { Indicator, Slo } from './slo.ts'

/** The gauge of probes: as many samples as were made, of which 1 was answered and 0 was not. */
const PROBE_SUCCESS = 'probe.success'

/** What an SLO needs of itself to be counted. */
export type Countable = Pick<Slo, 'indicator' | 'method' | 'slice'>

/**
 * All questions whose answers `goodAndTotal` needs for `from <= at < until`: one for each slice and each term. Slices start at multiples of
 * their length in UTC, whoever looks; one that is not over when the window ends is left out.
 */
export function spansOfSlo(slo: Countable, from: Instant, until: Instant): Span[] {
  return slicesOf(slo, { from, until }).flatMap((slice) => spansOf(slo.indicator, slice))
}

/** What was good and what counted, in events or in slices as the method says. Null when nothing is known. */
export function goodAndTotal(slo: Countable, from: Instant, until: Instant, answerOf: AnswerOf): Tally | null {
  // One slice: a back-test asks a hundred thousand times.
  if (slo.method === 'occurrences') {
    const tally = countSpan(slo.indicator, { from, until }, answerOf)
    return tally.total > 0 ? tally : null
  }
  const slices = slicesOf(slo, { from, until }).map((slice) => countSpan(slo.indicator, slice, answerOf))
  return tallySlices(slo.method, slices, slo.slice?.target ?? 1)
}

/**
 * How many values are at or below a threshold. The bucket that the threshold falls into counts as good, so that a value of exactly the
 * threshold does: values up to 1.09 % above it (one bucket of scale 6) count with it.
 */
export function countAtMost(histogram: Histogram, threshold: number): number {
  const last = lastGoodKey(threshold)
  if (isRanked(histogram)) return histogram.countUpTo(last)
  const { keys, counts } = histogram
  return counts.reduce((sum, count, index) => ((keys[index] ?? ZERO_KEY) <= last ? sum + count : sum), 0)
}

/**
 * The bucket that a threshold falls into, as `private.histogram_key` says; the last bits of a logarithm must not push a power of two into the
 * next one.
 */
export function lastGoodKey(threshold: number): number {
  return threshold <= 0 ? ZERO_KEY : Math.ceil(Math.log2(threshold) * 64 - 1e-9) - 1
}

/** The value up to which an event is good, of indicators that count values; null for the others. */
export function thresholdOf(indicator: Indicator): number | null {
  if (indicator.kind === 'web_vital') return VITAL_BOUNDS[indicator.vital][0]
  return indicator.kind === 'latency' ? indicator.threshold : null
}

function slicesOf({ method, slice }: Countable, { from, until }: Interval): Interval[] {
  if (method === 'occurrences') return [{ from, until }]
  const lengthMs = slice?.lengthMs ?? MINUTE
  const last = Math.floor(until / lengthMs) * lengthMs
  // A window that is shorter than what is left of it after rounding still has its last whole slice.
  const first = Math.min(Math.floor(from / lengthMs) * lengthMs, last - lengthMs)
  return Array.from({ length: (last - first) / lengthMs }, (_, index) => ({
    from: first + index * lengthMs,
    until: first + (index + 1) * lengthMs,
  }))
}

function spansOf(indicator: Indicator, { from, until }: Interval): Span[] {
  return knownTermsOf(indicator).map(({ term, groupBy }) => ({ term, groupBy, from, until }))
}

function knownTermsOf(indicator: Indicator): CountedTerm[] {
  const known = termsKnown.get(indicator)
  if (known !== undefined) return known
  const terms = termsOf(indicator)
  termsKnown.set(indicator, terms)
  return terms
}

/** The same objects each time: whoever answers a month of questions tells terms apart by identity first. */
const termsKnown = new WeakMap<Indicator, CountedTerm[]>()

type CountedTerm = Pick<Span, 'term' | 'groupBy'>

/** Terms in the order in which `countSpan` asks for them. A quantile is asked for where the histogram is needed. */
function termsOf(indicator: Indicator): CountedTerm[] {
  switch (indicator.kind) {
    case 'availability':
      return [availabilityTerm(indicator.monitors)]
    case 'latency':
      return [{ term: { ...indicator.term, aggregate: 'p95' }, groupBy: [] }]
    case 'web_vital': {
      const where = indicator.page === null ? {} : { where: { page: indicator.page } }
      return [{ term: { metric: `web.${indicator.vital}`, aggregate: 'p75', ...where }, groupBy: [] }]
    }
    case 'ratio':
      return [indicator.good ?? indicator.bad, indicator.total].flatMap((term) =>
        term === null ? [] : [{ term, groupBy: [] }],
      )
  }
}

/** One monitor is asked for by name; several are asked for together and chosen from the answer. */
function availabilityTerm({ keys, tag }: { keys: readonly string[] | null; tag: string | null }) {
  // The store says which monitors carry a tag: whoever counts has their keys.
  if (keys === null && tag !== null) throw new Error(`the monitors with the tag ${tag} are not resolved`)
  const term: Term = { metric: PROBE_SUCCESS, aggregate: 'count' }
  const [only] = keys ?? []
  return keys?.length === 1 && only !== undefined
    ? { term: { ...term, where: { monitor: only } }, groupBy: [] }
    : { term, groupBy: ['monitor'] }
}

function countSpan(indicator: Indicator, { from, until }: Interval, answerOf: AnswerOf): Tally {
  const [first, second] = knownTermsOf(indicator)
  if (first === undefined) return { good: 0, total: 0 }
  const answer = answerOf({ term: first.term, groupBy: first.groupBy, from, until })
  if (indicator.kind === 'availability') {
    const { keys } = indicator.monitors
    const chosen = answer.filter(
      ({ group: [key = ''] }) => first.groupBy.length === 0 || keys === null || keys.includes(key),
    )
    return addTallies(chosen.map(({ figures }) => ({ good: figures.sum, total: figures.count })))
  }
  if (indicator.kind === 'ratio') {
    const total =
      second === undefined
        ? 0
        : eventsIn(answerOf({ term: second.term, groupBy: second.groupBy, from, until }), second.term)
    const counted = Math.min(eventsIn(answer, first.term), total)
    return { good: indicator.good === null ? total - counted : counted, total }
  }
  const threshold = thresholdOf(indicator) ?? Number.NaN
  const tally = { good: 0, total: 0 }
  for (const { figures } of answer) {
    tally.good += countAtMost(figures.histogram, threshold)
    tally.total += figures.count
  }
  return tally
}

function eventsIn(answer: readonly { figures: Figures }[], term: Term): number {
  return answer.reduce((sum, { figures }) => sum + eventsOf(figures, term), 0)
}

/** A counter counts what it grew by, a histogram its values, a gauge what its samples add up to, unless the term counts or adds. */
function eventsOf({ kind, count, sum }: Figures, { aggregate }: Term): number {
  if (kind === 'counter') return sum
  if (kind === 'histogram') return aggregate === 'sum' ? sum : count
  return aggregate === 'count' ? count : sum
}
