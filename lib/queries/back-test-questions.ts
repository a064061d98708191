import { type StoredTerm, termKeyOf } from '../domain/alert/stored-answers.ts'
import { splitAt } from '../domain/alert/stored-columns.ts'
import type { EvaluableRule } from '../domain/rule/rule-inputs.ts'
import { spansOf } from '../domain/rule/spans.ts'
import type { Span } from '../domain/series/figures.ts'
import { lastGoodKey, thresholdOf } from '../domain/slo/sli.ts'
import type { Slo } from '../domain/slo/slo.ts'
import { HOUR, type Instant } from '../domain/time/instant.ts'
import type { MinutesQuestion, StoredMetric } from '../ports/rule-reader.ts'

/** The virtual metric of probes: 1 for each that was answered, 0 for each that was not. */
export const PROBES = 'probe.success'
const GROUPS_MAX = 20
/** Hours of minutes over all series of a metric: what is read and judged in about a second. */
const ROWS_MAX = 8_000

export interface AskedMetric extends MinutesQuestion {
  /** The bucket up to which events are good, where nothing but an SLO asks; null where histograms are needed whole, or not at all. */
  lastGoodKey: number | null
}

/** What must be read to answer everything that rules will ask between `from` and `until`, each metric once. */
export function askedMetrics(
  rules: readonly EvaluableRule[],
  slos: ReadonlyMap<string, Slo>,
  from: Instant,
  until: Instant,
): AskedMetric[] {
  const asked = new Map<string, AskedMetric>()
  const spans = rules.flatMap((rule) =>
    spansFor(rule, until, slos).map((span) => ({ ...span, lastGoodKey: lastGoodKeyOf(rule, slos) })),
  )
  for (const span of spans) {
    const key = termKeyOf(span.term, span.groupBy)
    const known = asked.get(key)
    // As far back as the first evaluation will look, in whole hours.
    const reach = Math.floor((from - (until - span.from)) / HOUR) * HOUR
    asked.set(key, {
      metric: span.term.metric,
      where: span.term.where,
      groupBy: span.groupBy,
      from: Math.min(known?.from ?? reach, reach),
      until,
      wantsHistograms: known?.wantsHistograms === true || /^p\d\d$/.test(span.term.aggregate),
      groupsMax: GROUPS_MAX,
      rowsMax: ROWS_MAX,
      lastGoodKey: known === undefined || known.lastGoodKey === span.lastGoodKey ? span.lastGoodKey : null,
    })
  }
  return [...asked.values()]
}

function spansFor(rule: EvaluableRule, until: Instant, slos: ReadonlyMap<string, Slo>): Span[] {
  if (rule.condition.kind !== 'consecutive_failures') return spansOf(rule, until, slos)
  // Failures in a row are counted from the probes themselves.
  return [{ term: { metric: PROBES, aggregate: 'count' }, groupBy: ['monitor'], from: until - HOUR, until }]
}

function lastGoodKeyOf({ condition }: EvaluableRule, slos: ReadonlyMap<string, Slo>): number | null {
  const slo = condition.kind === 'burn_rate' ? slos.get(condition.slo) : undefined
  const threshold = slo === undefined ? null : thresholdOf(slo.indicator)
  return threshold === null ? null : lastGoodKey(threshold)
}

/** The answer to a question; a metric that is not there answers nothing. */
export function toTerm(
  { metric, where, groupBy, from, lastGoodKey }: AskedMetric,
  found: StoredMetric | null,
): StoredTerm {
  if (found === null) return { metric, where, groupBy, minutesFrom: from, lines: [] }
  if (lastGoodKey === null) return found
  const lines = found.lines.map(({ group, hours, minutes }) => ({
    group,
    hours: splitAt(hours, lastGoodKey),
    minutes: splitAt(minutes, lastGoodKey),
  }))
  return { ...found, lines }
}
