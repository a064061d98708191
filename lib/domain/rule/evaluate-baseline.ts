import type { Instant } from '../time/instant.ts'
import type { BaselineCondition } from './condition.ts'
import { judgeLevel } from './judge-level.ts'
import { measureGroups } from './measure.ts'
import { type GroupOutcome, groupKeyOf } from './outcome.ts'
import { median } from './robust.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'
import { silenceOf } from './silence-of.ts'
import { baselineMoments } from './spans.ts'
import { formatOfSource, nameSource, OPERATOR_WORDS, overWindow } from './words.ts'

/** One week is no norm: whatever happened then would be called usual. */
const MIN_WEEKS = 2

/** A number by the median of the same window in the weeks before. `value` and `limit` are factors. */
export function evaluateBaseline(
  rule: EvaluableRule,
  condition: BaselineCondition,
  at: Instant,
  inputs: RuleInputs,
): GroupOutcome[] {
  const { source, windowMs, operator, minBaseline } = condition
  const unitOf = inputs.unitOf ?? (() => null)
  const say = (value: number) => formatOfSource(value, source, unitOf, 'en')
  const earlier = earlierValues(rule, condition, at, inputs)
  return measureGroups(rule, condition, at, 0, inputs).map((measured): GroupOutcome => {
    const { group } = measured
    const key = groupKeyOf(group)
    if (measured.kind === 'silent') return silenceOf(rule, group, at - windowMs, inputs)
    const quiet = (why: string): GroupOutcome => ({
      group,
      kind: 'judged',
      level: null,
      value: 1,
      limit: null,
      reason: why,
    })
    if (measured.kind === 'too_little') return quiet(measured.why)
    const head = `${nameSource(source)} ${overWindow(windowMs)} is ${say(measured.value)}`
    const past = earlier.get(key) ?? []
    const norm = median(past)
    if (norm === null || past.length < MIN_WEEKS)
      return quiet(`${head}: too few weeks to compare with (${past.length} of ${MIN_WEEKS})`)
    if (norm === 0 || norm < minBaseline) return quiet(`${head}, ${say(norm)} is usual: too little to compare with`)
    const factor = measured.value / norm
    const { level, limit, isRecovering } = judgeLevel(factor, condition, inputs.activeLevelOf(rule.key, key))
    const verdict = isRecovering ? 'not yet recovered: still' : level === null ? 'not' : ''
    const words = `${verdict} ${OPERATOR_WORDS[operator]} ${limit} times`.trim()
    const reason = `${head}, ${factor.toPrecision(2)} times the usual ${say(norm)}, ${words}`
    return { group, kind: 'judged', level, value: factor, limit, reason }
  })
}

/** The values of the weeks before, as many as there are. */
function earlierValues(
  rule: EvaluableRule,
  condition: BaselineCondition,
  at: Instant,
  inputs: RuleInputs,
): ReadonlyMap<string, number[]> {
  const values = new Map<string, number[]>()
  for (const until of baselineMoments(condition.weeks, at).slice(1)) {
    for (const measured of measureGroups(rule, condition, until, 0, inputs)) {
      if (measured.kind !== 'value') continue
      const key = groupKeyOf(measured.group)
      values.set(key, [...(values.get(key) ?? []), measured.value])
    }
  }
  return values
}
