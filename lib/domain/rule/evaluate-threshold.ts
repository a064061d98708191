import type { Instant } from '../time/instant.ts'
import type { ThresholdCondition } from './condition.ts'
import { judgeLevel, type LevelVerdict } from './judge-level.ts'
import { measureGroups } from './measure.ts'
import { type GroupOutcome, groupKeyOf } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'
import { silenceOf } from './silence-of.ts'
import { formatOfSource, nameSource, OPERATOR_WORDS, overWindow } from './words.ts'

/** A number against its limits, group by group. */
export function evaluateThreshold(
  rule: EvaluableRule,
  condition: ThresholdCondition,
  at: Instant,
  inputs: RuleInputs,
): GroupOutcome[] {
  return measureGroups(rule, condition, at, condition.minCount, inputs).map((measured) => {
    const { group } = measured
    if (measured.kind === 'silent') return silenceOf(rule, group, at - condition.windowMs, inputs)
    if (measured.kind === 'too_little')
      return { group, kind: 'judged', level: null, value: 0, limit: null, reason: measured.why }
    const { value } = measured
    const active = inputs.activeLevelOf(rule.key, groupKeyOf(group))
    const verdict = judgeLevel(value, condition, active)
    const { level, limit } = verdict
    const reason = inputs.isWordless === true ? '' : explain(value, verdict, condition, inputs)
    return { group, kind: 'judged', level, value, limit, reason }
  })
}

function explain(
  value: number,
  { level, limit, isRecovering }: LevelVerdict,
  { source, windowMs, operator }: ThresholdCondition,
  inputs: RuleInputs,
): string {
  const say = (figure: number) => formatOfSource(figure, source, inputs.unitOf ?? (() => null), 'en')
  const verdict = isRecovering ? 'not yet recovered: still' : level === null ? 'not' : ''
  const words = `${verdict} ${OPERATOR_WORDS[operator]} ${say(limit)}`.trim()
  return `${nameSource(source)} ${overWindow(windowMs)} is ${say(value)}, ${words}`
}
