import type { Figures, SpanAnswer } from '../series/figures.ts'
import type { Term } from '../series/panel.ts'
import type { Instant } from '../time/instant.ts'
import type { Measure } from './condition.ts'
import { valueOfFigures } from './figures-of.ts'
import { groupKeyOf } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'
import { spansOfMeasure } from './spans.ts'
import { ADDS_UP, nameSource, overWindow } from './words.ts'

/** What a measure came to for one group. `too_little`: there are samples, but nothing that can be judged by them; `why` is a sentence. */
export type Measured = { group: readonly string[] } & (
  | { kind: 'value'; value: number }
  | { kind: 'too_little'; why: string }
  | { kind: 'silent' }
)

/** The groups that a rule must say something about: those with samples and those that were seen before; `[]` of a rule that does not split. */
export function expectedGroups(
  rule: EvaluableRule,
  answers: readonly SpanAnswer[],
  inputs: Pick<RuleInputs, 'knownGroupsOf'>,
): readonly (readonly string[])[] {
  if (rule.groupBy.length === 0) return [[]]
  const groups = [...answers.flat().map(({ group }) => group), ...inputs.knownGroupsOf(rule.key)]
  return [...new Map(groups.map((group) => [groupKeyOf(group), group])).values()]
}

/** A measure over the window that ends at `until`, for all expected groups. `minCount` is asked of the divisor, or of the one term. */
export function measureGroups(
  rule: EvaluableRule,
  measure: Measure,
  until: Instant,
  minCount: number,
  inputs: Pick<RuleInputs, 'answerOf' | 'knownGroupsOf'>,
): Measured[] {
  const answers = spansOfMeasure(measure, rule.groupBy, until).map((span) => inputs.answerOf(span))
  const [of, per] = answers.map(
    (answer) => new Map(answer.map(({ group, figures }) => [groupKeyOf(group), figures] as const)),
  )
  return expectedGroups(rule, answers, inputs).map((group) => {
    const key = groupKeyOf(group)
    return { group, ...measureOne(measure, of?.get(key) ?? null, per?.get(key) ?? null, minCount) }
  })
}

type Outcome = { kind: 'value'; value: number } | { kind: 'too_little'; why: string } | { kind: 'silent' }

function measureOne({ source, windowMs }: Measure, of: Figures | null, per: Figures | null, minCount: number): Outcome {
  const counted = source.per === undefined ? of : per
  if (counted === null && of === null) return { kind: 'silent' }
  const name = nameSource(source)
  const count = counted === null ? 0 : (valueOfFigures(counted, 'count', windowMs) ?? 0)
  if (count < minCount) return tooLittle(`${name} rests on ${count} ${overWindow(windowMs)}, less than ${minCount}`)
  const part = partOf(source.of, of, windowMs)
  const whole = source.per === undefined ? 1 : partOf(source.per, per, windowMs)
  if (whole === 0 || (whole === null && source.per !== undefined))
    return tooLittle(`${name} has nothing to divide by ${overWindow(windowMs)}`)
  if (part === null || whole === null) return tooLittle(`${name} has no value ${overWindow(windowMs)}`)
  const value = source.isRest === true ? 1 - part / whole : part / whole
  return Number.isFinite(value) ? { kind: 'value', value } : tooLittle(`${name} has no finite value`)
}

/** Nothing of a kind while there was something in all is none of it; a percentile of nothing is unknown. */
function partOf({ aggregate }: Term, figures: Figures | null, windowMs: number): number | null {
  if (figures === null) return ADDS_UP.has(aggregate) ? 0 : null
  return valueOfFigures(figures, aggregate, windowMs)
}

function tooLittle(why: string): Outcome {
  return { kind: 'too_little', why }
}
