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
    const name = nameSeries(term)
    if (count > 0) {
      const reason = `${name} came ${count === 1 ? 'once' : `${count} times`} ${overWindow(windowMs)}`
      return { group, kind: 'judged', level: null, value: count, limit: null, reason }
    }
    const since = silentSince(rule, group, from, inputs)
    const last = since === null ? 'and never did before' : `nothing since ${toIso(since)}`
    const reason = `${name} has not come ${overWindow(windowMs)}: ${last}`
    return { group, kind: 'judged', level, value: 0, limit: null, reason }
  })
}
