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

const UNDIVIDED = [[]]

/** The groups that a rule must say something about: those with samples and those that were seen before; `[]` of a rule that does not split. */
export function expectedGroups(
  rule: EvaluableRule,
  answers: readonly SpanAnswer[],
  inputs: Pick<RuleInputs, 'knownGroupsOf'>,
): readonly (readonly string[])[] {
  if (rule.groupBy.length === 0) return UNDIVIDED
  const groups = new Map<string, readonly string[]>()
  for (const answer of answers) for (const { group } of answer) groups.set(groupKeyOf(group), group)
  for (const group of inputs.knownGroupsOf(rule.key)) {
    const key = groupKeyOf(group)
    if (!groups.has(key)) groups.set(key, group)
  }
  return [...groups.values()]
}

/** A measure over the window that ends at `until`, for all expected groups. `minCount` is asked of the divisor, or of the one term. */
export function measureGroups(
  rule: EvaluableRule,
  measure: Measure,
  until: Instant,
  minCount: number,
  inputs: Pick<RuleInputs, 'answerOf' | 'knownGroupsOf' | 'isWordless'>,
): Measured[] {
  const [ofSpan, perSpan] = spansOfMeasure(measure, rule.groupBy, until)
  const of = ofSpan === undefined ? [] : inputs.answerOf(ofSpan)
  const per = perSpan === undefined ? [] : inputs.answerOf(perSpan)
  const groups = expectedGroups(rule, per.length === 0 ? [of] : [of, per], inputs)
  return groups.map((group) => {
    const outcome = measureOne(
      measure,
      figuresIn(of, group),
      figuresIn(per, group),
      minCount,
      inputs.isWordless === true,
    )
    return { group, ...outcome }
  })
}

/** Groups are few, and mostly the very lists that the answer has. */
function figuresIn(answer: SpanAnswer, group: readonly string[]): Figures | null {
  for (const one of answer) if (one.group === group) return one.figures
  if (answer.length === 0) return null
  const key = groupKeyOf(group)
  return answer.find((one) => groupKeyOf(one.group) === key)?.figures ?? null
}

type Outcome = { kind: 'value'; value: number } | { kind: 'too_little'; why: string } | { kind: 'silent' }

const SILENT: Outcome = { kind: 'silent' }
const WORDLESS: Outcome = { kind: 'too_little', why: '' }

function measureOne(
  measure: Measure,
  of: Figures | null,
  per: Figures | null,
  minCount: number,
  isWordless: boolean,
): Outcome {
  const { source, windowMs } = measure
  const counted = source.per === undefined ? of : per
  if (counted === null && of === null) return SILENT
  const count = counted === null ? 0 : (valueOfFigures(counted, 'count', windowMs) ?? 0)
  if (count < minCount) return tooLittle(measure, isWordless, `rests on ${count}`, `, less than ${minCount}`)
  const part = partOf(source.of, of, windowMs)
  const whole = source.per === undefined ? 1 : partOf(source.per, per, windowMs)
  if (whole === 0 || (whole === null && source.per !== undefined))
    return tooLittle(measure, isWordless, 'has nothing to divide by')
  if (part === null || whole === null) return tooLittle(measure, isWordless, 'has no value')
  const value = source.isRest === true ? 1 - part / whole : part / whole
  return Number.isFinite(value) ? { kind: 'value', value } : tooLittle(measure, isWordless, 'has no finite value')
}

function tooLittle({ source, windowMs }: Measure, isWordless: boolean, found: string, wanted = ''): Outcome {
  if (isWordless) return WORDLESS
  return { kind: 'too_little', why: `${nameSource(source)} ${found} ${overWindow(windowMs)}${wanted}` }
}

/** Nothing of a kind while there was something in all is none of it; a percentile of nothing is unknown. */
function partOf({ aggregate }: Term, figures: Figures | null, windowMs: number): number | null {
  if (figures === null) return ADDS_UP.has(aggregate) ? 0 : null
  return valueOfFigures(figures, aggregate, windowMs)
}
