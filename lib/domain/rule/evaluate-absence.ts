import { type Instant, toIso } from '../time/instant.ts'
import type { AbsenceCondition } from './condition.ts'
import { expectedGroups } from './measure.ts'
import { type GroupOutcome, groupKeyOf } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'
import { silentSince } from './silence-of.ts'
import { nameSeries, overWindow } from './words.ts'

/**
 * Whether anything came at all, as Prometheus's `absent_over_time`: silence is what is judged here, and never `no_data`. A rule that splits
 * can only miss groups that it has seen.
 */
export function evaluateAbsence(
  rule: EvaluableRule,
  condition: AbsenceCondition,
  at: Instant,
  inputs: RuleInputs,
): GroupOutcome[] {
  const { term, windowMs, level } = condition
  const from = at - windowMs
  const answer = inputs.answerOf({ term, groupBy: rule.groupBy, from, until: at })
  const counts = new Map(answer.map(({ group, figures }) => [groupKeyOf(group), figures.count]))
  return expectedGroups(rule, [answer], inputs).map((group) => {
    const count = counts.get(groupKeyOf(group)) ?? 0
    const since = count > 0 ? null : silentSince(rule, group, from, inputs)
    const reason = inputs.isWordless === true ? '' : explain(condition, count, since)
    return { group, kind: 'judged', level: count > 0 ? null : level, value: count, limit: 1, reason }
  })
}

function explain({ term, windowMs }: AbsenceCondition, count: number, since: Instant | null): string {
  const name = nameSeries(term)
  if (count > 0) return `${name} came ${count === 1 ? 'once' : `${count} times`} ${overWindow(windowMs)}`
  const last = since === null ? 'and never did before' : `nothing since ${toIso(since)}`
  return `${name} has not come ${overWindow(windowMs)}: ${last}`
}
