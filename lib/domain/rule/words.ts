import { formatValue, unitOf as unitOfAggregate } from '../rollup/format-value.ts'
import type { Source, Term } from '../series/panel.ts'
import { formatDuration } from '../time/format-duration.ts'
import type { Locale } from '../time/locale.ts'
import type { Operator } from './condition.ts'
import { VIRTUAL_METRICS } from './virtual-metrics.ts'

/** UCUM unit of a metric by name; null when nobody knows. */
export type UnitOf = (metric: string) => string | null

/**
 * What a source is measured in: a share in `1`, and so much of something a request in that. Null when the metric's own unit is not known.
 */
export function unitOfSource(source: Source, unitOf: UnitOf): string | null {
  const { of, per } = source
  if (isShare(source, unitOf)) return '1'
  const unit = unitOfTerm(of, unitOf)
  const perUnit = per === undefined ? '' : unitOfTerm(per, unitOf)
  if (unit === null || perUnit === null) return per === undefined ? unit : '1'
  return isBare(perUnit) ? unit : ''
}

/** `1`, `{request}` and nothing: what is counted or divided already. */
function isBare(unit: string): boolean {
  return /^(1|\{.*\})?$/.test(unit)
}

/** A count has no unit, and a rate is one by second. */
export function unitOfTerm({ metric, aggregate }: Term, unitOf: UnitOf): string | null {
  if (aggregate === 'count') return ''
  const unit = VIRTUAL_METRICS.get(metric)?.unit ?? unitOf(metric)
  // Of a histogram's rate the unit is left out by kind, which is not known here: `/s` is right for both.
  if (aggregate === 'rate') return '/s'
  return unit === null ? null : unitOfAggregate(unit, aggregate, 'gauge')
}

/** A value of a source as people read it: `2.31 s`, `1.2 %`. A share of one thing in another is said in percent. */
export function formatOfSource(value: number, source: Source, unitOf: UnitOf, locale: Locale): string {
  if (isShare(source, unitOf)) return formatValue(value * 100, '%', locale)
  return formatValue(value, unitOfSource(source, unitOf) ?? '', locale)
}

/** A part of the same thing, which percent are made for; tokens per request are none. */
export function isShare({ of, per, isRest }: Source, unitOf: UnitOf): boolean {
  if (isRest === true) return true
  if (per === undefined) return false
  const [one, other] = [unitOfTerm(of, unitOf), unitOfTerm(per, unitOf)]
  if (one === null || other === null) return of.aggregate === per.aggregate && ADDS_UP.has(of.aggregate)
  return one === other || (NO_UNIT.has(one) && NO_UNIT.has(other))
}

const NO_UNIT: ReadonlySet<string> = new Set(['', '1'])

/** Aggregates of which nothing at all is zero, and not unknown. */
export const ADDS_UP: ReadonlySet<Term['aggregate']> = new Set(['sum', 'count', 'rate'] as const)

/** `p95 of http.server.request.duration`; a ratio as one by the other. English, for reasons and errors. */
export function nameSource({ of, per, isRest }: Source): string {
  const share = per === undefined ? nameTerm(of) : `${nameTerm(of)} per ${nameTerm(per)}`
  return isRest === true ? `1 - ${share}` : share
}

function nameTerm(term: Term): string {
  return `${term.aggregate} of ${nameSeries(term)}`
}

/** `http.server.requests where http.route is /checkout`. */
export function nameSeries({ metric, where }: Pick<Term, 'metric' | 'where'>): string {
  return `${metric}${nameWhere(where)}`
}

/** ` where http.route is /checkout and status begins with 5`; empty when nothing is asked. */
function nameWhere(where: Term['where']): string {
  const parts = Object.entries(where ?? {}).map(([name, condition]) => {
    if (condition === null) return `without ${name}`
    return typeof condition === 'string' ? `${name} is ${condition}` : `${name} begins with ${condition.prefix}`
  })
  return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`
}

export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  above: 'above',
  below: 'below',
  at_least: 'at least',
  at_most: 'at most',
}

/** `over 5 min`. */
export function overWindow(windowMs: number): string {
  return `over ${formatDuration(windowMs, 'en')}`
}
