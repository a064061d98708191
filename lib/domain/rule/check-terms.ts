import { suggestName } from '../monitor/suggest-name.ts'
import type { Source, Term } from '../series/panel.ts'
import type { Aggregate } from '../series/question.ts'
import type { MetricKind } from '../series/sample.ts'
import type { CheckedRule, KnownMetric, KnownThings } from './check.ts'
import type { RuleCondition } from './condition.ts'
import { issueOf, type RuleIssue } from './file-form.ts'
import type { RuleSpec } from './rule.ts'
import { spanKeyOf } from './spans.ts'
import { VIRTUAL_METRICS } from './virtual-metrics.ts'
import { ADDS_UP, isShare, type UnitOf } from './words.ts'

/** Every series carries it, without being an attribute. */
const ENVIRONMENT = 'environment'

/** Aggregates that a kind has, and what to take in place of one that it has not. */
const FITTING: Readonly<Record<MetricKind, { aggregates: ReadonlySet<Aggregate>; instead: Aggregate }>> = {
  gauge: {
    aggregates: new Set(['avg', 'min', 'max', 'last', 'sum', 'count', 'p50', 'p75', 'p90', 'p95', 'p99']),
    instead: 'avg',
  },
  counter: { aggregates: new Set(['sum', 'count', 'rate']), instead: 'sum' },
  histogram: {
    aggregates: new Set(['avg', 'min', 'max', 'sum', 'count', 'rate', 'p50', 'p75', 'p90', 'p95', 'p99']),
    instead: 'p95',
  },
}

/** What is known of a metric, of the store or of probes. */
export function knownMetric(metric: string, { metrics }: Pick<KnownThings, 'metrics'>): KnownMetric | null {
  const virtual = VIRTUAL_METRICS.get(metric)
  return virtual === undefined ? (metrics.get(metric) ?? null) : { ...virtual, firstSeenAt: 0 }
}

/** The terms of a condition, with their place in it. */
export function termsOf(condition: RuleCondition): { term: Term; path: readonly string[] }[] {
  if (condition.kind === 'absence') return [{ term: condition.term, path: ['condition', 'term'] }]
  if (!('source' in condition)) return []
  const { of, per } = condition.source
  const first = { term: of, path: ['condition', 'source', 'of'] }
  return per === undefined ? [first] : [first, { term: per, path: ['condition', 'source', 'per'] }]
}

/** Whether its metrics and attributes exist, fit their aggregates and fit each other. */
export function checkTerms(spec: RuleSpec, known: KnownThings): CheckedRule {
  const terms = termsOf(spec.condition)
  const errors = terms.flatMap(({ term, path }) => checkTerm(term, path, spec.condition.kind === 'absence', known))
  const source = 'source' in spec.condition ? spec.condition.source : null
  return {
    errors: [
      ...errors,
      ...terms.slice(0, 1).flatMap(({ term }) => checkGroupBy(spec.groupBy, term, known)),
      ...(source === null || errors.length > 0
        ? []
        : checkRatio(source, (metric) => knownMetric(metric, known)?.unit ?? null)),
      ...(terms.length === 0 && spec.groupBy.length > 0 ? [splitsItself()] : []),
    ],
    warnings: [],
  }
}

function splitsItself(): RuleIssue {
  return issueOf(['by'], { code: 'splits_itself', values: null })
}

function checkTerm(term: Term, path: readonly string[], isAbsence: boolean, known: KnownThings): RuleIssue[] {
  const { metric, aggregate } = term
  const facts = knownMetric(metric, known)
  if (facts === null) {
    const near = suggestName(metric, [...known.metrics.keys(), ...VIRTUAL_METRICS.keys()])
    return [issueOf([...path, 'metric'], { code: 'unknown_metric', values: { metric, near } })]
  }
  const { aggregates, instead } = FITTING[facts.kind]
  const wrongAggregate =
    isAbsence || aggregates.has(aggregate)
      ? []
      : [
          issueOf([...path, 'aggregate'], {
            code: 'unfit_aggregate',
            values: { aggregate, kind: facts.kind, metric, instead },
          }),
        ]
  return [
    ...wrongAggregate,
    ...Object.keys(term.where ?? {}).flatMap((name) => checkAttribute(name, facts, metric, [...path, 'where', name])),
  ]
}

function checkGroupBy(groupBy: readonly string[], { metric }: Term, known: KnownThings): RuleIssue[] {
  const facts = knownMetric(metric, known)
  if (facts === null) return []
  return groupBy.flatMap((name) => checkAttribute(name, facts, metric, ['by']))
}

function checkAttribute(name: string, facts: KnownMetric, metric: string, path: readonly string[]): RuleIssue[] {
  if (name === ENVIRONMENT || facts.attributeNames.includes(name)) return []
  const near = suggestName(name, [...facts.attributeNames, ENVIRONMENT])
  return [issueOf(path, { code: 'unknown_attribute', values: { name, metric, near, all: facts.attributeNames } })]
}

/** A ratio of the same thing is always one; a share must be of the same unit as the whole. */
export function checkRatio(source: Source, unitOf: UnitOf): RuleIssue[] {
  const { of, per } = source
  if (per === undefined) return []
  const path = ['condition', 'source', 'per']
  const textOf = (term: Term) => `${term.aggregate} ${spanKeyOf({ term, groupBy: [], from: 0, until: 0 })}`
  if (textOf(of) === textOf(per)) return [issueOf(path, { code: 'same_divisor', values: null })]
  if (Object.keys(per.where ?? {}).length > 0 && isNarrower(per, of))
    return [issueOf(path, { code: 'narrower_divisor', values: null })]
  const units = [of, per].map((term) =>
    ADDS_UP.has(term.aggregate) && term.aggregate !== 'sum' ? '' : (unitOf(term.metric) ?? ''),
  )
  const [one = '', other = ''] = units.map((unit) => unit.replace(/^(1|\{.*\})$/, ''))
  if (one === other || one === '' || other === '' || isShare(source, unitOf)) return []
  return [issueOf(path, { code: 'other_divisor_unit', values: { own: other, other: one } })]
}

/** The same metric, with all conditions of the other and more. */
function isNarrower(term: Term, other: Term): boolean {
  const where = Object.entries(other.where ?? {})
  const own = term.where ?? {}
  return (
    term.metric === other.metric &&
    Object.keys(own).length > where.length &&
    where.every(([name, condition]) => JSON.stringify(own[name]) === JSON.stringify(condition))
  )
}
