import { HOUR, type Instant } from '../time/instant.ts'
import { type AnomalyMemory, distanceOf, hourOf, ratioOf, remember } from './anomaly-memory.ts'
import type { AnomalyCondition } from './condition.ts'
import { measureGroups } from './measure.ts'
import { type GroupOutcome, groupKeyOf } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'
import { silenceOf } from './silence-of.ts'
import { formatOfSource, nameSource, overWindow } from './words.ts'

/** The measure of a group, at hours past and now; null where it had no value. */
export type History = (until: Instant) => number | null

/** An episode is over when it is half as unusual as it had to be to begin: a value at the limit would come and go. */
const RECOVERY = 0.5

export interface AnomalyVerdict {
  isUnusual: boolean
  /** Distance from the norm by the recent extremes, times the sensitivity; null while there is too little history. */
  ratio: number | null
  norm: AnomalyMemory['norm']
  memory: AnomalyMemory
}

/**
 * Whether a value is more unusual for its hour than the series has been lately (seasonal median and MAD, divided by the series' own
 * recent 99.5 % score, with a cool-down). `history` is asked for hours that `memory` does not have; `isActive`: it was unusual when it was last looked at.
 */
export function judgeAnomaly(
  condition: AnomalyCondition,
  at: Instant,
  value: number,
  history: History,
  memory: AnomalyMemory | null,
  isActive: boolean,
): AnomalyVerdict {
  const now = remember(condition, memory, at, history)
  const raw = ratioOf(distanceOf(value, now.norm, condition), now.extreme)
  const ratio = raw === null ? null : raw * condition.sensitivity
  const isUnusual =
    ratio !== null && (isActive ? ratio > RECOVERY : ratio > 1 && !isCoolingDown(condition, now, at, ratio))
  return { isUnusual, ratio, norm: now.norm, memory: now }
}

/**
 * After an episode only something more unusual speaks up. The episode that has not ended yet is not one to rest from.
 */
function isCoolingDown(condition: AnomalyCondition, memory: AnomalyMemory, at: Instant, ratio: number): boolean {
  const { cooldownMs, sensitivity } = condition
  const past = memory.ratios
    .map((one, index) => ({ until: memory.hourAt - (memory.ratios.length - 1 - index) * HOUR, ratio: one }))
    .map((one) => ({ ...one, ratio: (one.ratio ?? 0) * sensitivity }))
  const lastCalm = past.findLastIndex((one) => one.ratio <= 1)
  return past.slice(0, lastCalm + 1).some((one) => one.until > at - cooldownMs && one.ratio > 1 && one.ratio >= ratio)
}

/** Unusual for its hour, group by group. Too little history is no verdict, and says how it is. */
export function evaluateAnomaly(
  rule: EvaluableRule,
  condition: AnomalyCondition,
  at: Instant,
  inputs: RuleInputs,
): GroupOutcome[] {
  const { windowMs } = condition
  const historyOf = historyByGroup(rule, condition, inputs)
  return measureGroups(rule, condition, at, 0, inputs).map((measured): GroupOutcome => {
    const { group } = measured
    if (measured.kind === 'silent') return silenceOf(rule, group, at - windowMs, inputs)
    const key = groupKeyOf(group)
    const known = inputs.memoryOf?.(rule.key, key) ?? null
    if (measured.kind === 'too_little') {
      const kept = remember(condition, known, at, historyOf(key))
      return { group, kind: 'judged', level: null, value: 0, limit: null, reason: measured.why, memory: kept }
    }
    const { value } = measured
    const isActive = inputs.activeLevelOf(rule.key, key) !== null
    const verdict = judgeAnomaly(condition, at, value, historyOf(key), known, isActive)
    const { isUnusual, memory } = verdict
    const reason = inputs.isWordless === true ? '' : explain(value, verdict, condition, inputs)
    const limit = limitOf(condition, value, memory)
    return { group, kind: 'judged', level: isUnusual ? condition.level : null, value, limit, reason, memory }
  })
}

function explain(
  value: number,
  { ratio, norm }: AnomalyVerdict,
  { source, windowMs }: AnomalyCondition,
  inputs: RuleInputs,
): string {
  const say = (figure: number) => formatOfSource(figure, source, inputs.unitOf ?? (() => null), 'en')
  const head = `${nameSource(source)} ${overWindow(windowMs)} is ${say(value)}`
  if (ratio === null || norm === null) return `${head}: too little history to tell what is usual`
  return `${head}, ${say(norm.centre)} is usual at this hour: ${ratio.toPrecision(2)} times its recent extremes`
}

/** From where on a value would be unusual, on the side of its norm where it is; null while nobody knows. */
function limitOf(condition: AnomalyCondition, value: number, { norm, extreme }: AnomalyMemory): number | null {
  if (norm === null || extreme === null) return null
  const isUpward = condition.direction === 'up' || (condition.direction === 'both' && value >= norm.centre)
  const distance = (extreme * norm.scale) / condition.sensitivity
  return norm.centre + (isUpward ? distance : -distance)
}

/** Values of past hours by group. Each hour is asked once for all groups, and only if some group has not remembered it. */
function historyByGroup(
  rule: EvaluableRule,
  condition: AnomalyCondition,
  inputs: RuleInputs,
): (key: string) => History {
  const hours = new Map<Instant, ReadonlyMap<string, number>>()
  const valuesAt = (until: Instant) => {
    const asked = hours.get(until)
    if (asked !== undefined) return asked
    const measured = measureGroups(rule, condition, hourOf(until), 0, inputs)
    const values = new Map(
      measured.flatMap((one) => (one.kind === 'value' ? [[groupKeyOf(one.group), one.value] as const] : [])),
    )
    hours.set(until, values)
    return values
  }
  return (key) => (until) => valuesAt(until).get(key) ?? null
}
