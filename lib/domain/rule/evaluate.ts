import type { AnswerOf, Figures } from '../series/figures.ts'
import type { Aggregate } from '../series/question.ts'
import type { Instant } from '../time/instant.ts'
import type { LevelLimits, Operator } from './condition.ts'
import type { GroupOutcome, RuleOutcome } from './outcome.ts'
import type { AlertRule } from './rule.ts'

/** What an evaluation may look at. */
export interface RuleInputs {
  answerOf: AnswerOf
  /** Groups that an earlier evaluation saw: without samples they are `no_data`, and not simply gone. */
  knownGroupsOf: (ruleKey: string) => readonly (readonly string[])[]
}

/** What a threshold on one gauge finds at the whole minute `at`; any other rule cannot be evaluated. */
export function evaluateRule(
  rule: Pick<AlertRule, 'key' | 'condition' | 'groupBy'>,
  at: Instant,
  inputs: RuleInputs,
): RuleOutcome {
  const { condition, groupBy } = rule
  if (condition.kind !== 'threshold' || condition.source.per !== undefined)
    return { kind: 'failed', reason: 'only thresholds on one gauge can be evaluated' }
  const { of } = condition.source
  const from = at - condition.windowMs
  const answer = inputs.answerOf({ term: of, groupBy, from, until: at })
  const values = answer.map(({ group, figures }) => ({ group, value: figureOf(figures, of.aggregate) }))
  const judged = values.flatMap(({ group, value }) => (value === null ? [] : [judge(group, value, condition)]))
  const silent = inputs.knownGroupsOf(rule.key).filter((known) => !judged.some(({ group }) => isSame(group, known)))
  return { kind: 'evaluated', groups: [...judged, ...silent.map((group) => silence(group, from))] }
}

function figureOf({ sum, count, min, max, last }: Figures, aggregate: Aggregate): number | null {
  const figures: Partial<Record<Aggregate, number | null>> = { avg: sum / count, sum, count, min, max, last }
  return figures[aggregate] ?? null
}

const BEYOND: Record<Operator, (value: number, limit: number) => boolean> = {
  above: (value, limit) => value > limit,
  below: (value, limit) => value < limit,
  at_least: (value, limit) => value >= limit,
  at_most: (value, limit) => value <= limit,
}

function judge(group: readonly string[], value: number, { operator, warning, critical }: LevelLimits): GroupOutcome {
  const isBeyond = (limit: { value: number } | null) => limit !== null && BEYOND[operator](value, limit.value)
  const level = isBeyond(critical) ? 'critical' : isBeyond(warning) ? 'warning' : null
  const limit = (level === 'critical' ? critical : (warning ?? critical))?.value ?? null
  return { group, kind: 'judged', level, value, limit, reason: `the value is ${value}` }
}

function silence(group: readonly string[], since: Instant): GroupOutcome {
  return { group, kind: 'no_data', since, reason: 'no data in the window' }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
