import type { Instant } from '../time/instant.ts'
import type { BaselineCondition } from './condition.ts'
import { judgeLevel, type LevelVerdict } from './judge-level.ts'
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
  const { windowMs, minBaseline } = condition
  const earlier = earlierValues(rule, condition, at, inputs)
  const words = wordsOf(condition, inputs)
  return measureGroups(rule, condition, at, 0, inputs).map((measured): GroupOutcome => {
    const { group } = measured
    const key = groupKeyOf(group)
    if (measured.kind === 'silent') return silenceOf(rule, group, at - windowMs, inputs)
    const quiet = (reason: string): GroupOutcome => ({
      group,
      kind: 'judged',
      level: null,
      value: 1,
      limit: null,
      reason,
    })
    if (measured.kind === 'too_little') return quiet(measured.why)
    const { value } = measured
    const past = earlier.get(key) ?? []
    const norm = median(past)
    if (norm === null || past.length < MIN_WEEKS) return quiet(words?.tooFew(value, past.length) ?? '')
    if (norm === 0 || norm < minBaseline) return quiet(words?.tooSmall(value, norm) ?? '')
    const verdict = judgeLevel(value / norm, condition, inputs.activeLevelOf(rule.key, key))
    const { level, limit } = verdict
    return {
      group,
      kind: 'judged',
      level,
      value: value / norm,
      limit,
      reason: words?.judged(value, norm, verdict) ?? '',
    }
  })
}

function wordsOf({ source, windowMs, operator }: BaselineCondition, inputs: RuleInputs) {
  if (inputs.isWordless === true) return null
  const say = (value: number) => formatOfSource(value, source, inputs.unitOf ?? (() => null), 'en')
  const head = (value: number) => `${nameSource(source)} ${overWindow(windowMs)} is ${say(value)}`
  return {
    tooFew: (value: number, weeks: number) =>
      `${head(value)}: too few weeks to compare with (${weeks} of ${MIN_WEEKS})`,
    tooSmall: (value: number, norm: number) => `${head(value)}, ${say(norm)} is usual: too little to compare with`,
    judged(value: number, norm: number, { level, limit, isRecovering }: LevelVerdict): string {
      const verdict = isRecovering ? 'not yet recovered: still' : level === null ? 'not' : ''
      const beyond = `${verdict} ${OPERATOR_WORDS[operator]} ${limit} times`.trim()
      return `${head(value)}, ${(value / norm).toPrecision(2)} times the usual ${say(norm)}, ${beyond}`
    },
  }
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
      const known = values.get(key)
      if (known === undefined) values.set(key, [measured.value])
      else known.push(measured.value)
    }
  }
  return values
}
