import type { RuleCondition } from '../rule/condition.ts'
import { measureGroups } from '../rule/measure.ts'
import { groupKeyOf, groupOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import { spansOfMeasure } from '../rule/spans.ts'
import { isOfDeployments } from '../rule/virtual-metrics.ts'
import { ADDS_UP, formatOfSource, nameSource, type UnitOf } from '../rule/words.ts'
import type { AnswerOf, Span } from '../series/figures.ts'
import type { Source } from '../series/panel.ts'
import { formatDuration } from '../time/format-duration.ts'
import { type Instant, MINUTE } from '../time/instant.ts'
import type { RuleChange } from './rule-request.ts'
import type { OpenAlert, RuleContext, RuleSettlement } from './rule-settlement.ts'

/** Fewer values before a deployment say nothing. */
const ENOUGH = 5
/** So many times as much, or as little, is another behaviour and not chance. */
const FACTOR = 1.5

/** A figure of a rule on both sides of what went live last before its alert began. */
export interface Comparison {
  rule: AlertRule
  source: Source
  groupBy: readonly string[]
  /** Which way is bad. */
  direction: 'up' | 'down' | 'both'
  group: readonly string[]
  deployment: { at: Instant; name: string }
  startedAt: Instant
  /** Where the two spans meet; each is so long. */
  meetAt: Instant
  beforeMs: number
  afterMs: number
}

/**
 * The comparison that tells whether a deployment is to blame for what a rule tells of at `at`: an alert that begins, or one that was kept
 * quiet. The last one before it began, up to the next one, which may have been the way back. Null where it began before all of them or
 * long after, and for rules without a figure.
 */
export function comparisonOf(
  rule: AlertRule,
  changes: readonly RuleChange[],
  open: readonly OpenAlert[],
  { deployments, soakMs }: Pick<RuleContext, 'deployments' | 'soakMs'>,
  at: Instant,
): Comparison | null {
  const measured = measuredBy(rule)
  const beginning = beginningOf(changes, open)
  if (measured === null || beginning === null) return null
  const { startedAt } = beginning
  const index = deployments.findIndex((one) => minuteOf(one.at) <= startedAt)
  const [deployment, next] = [deployments[index], deployments[index - 1]]
  if (deployment === undefined || startedAt - deployment.at > soakMs) return null
  const meetAt = minuteOf(deployment.at)
  const afterMs = Math.min(at, next === undefined ? at : minuteOf(next.at)) - meetAt
  if (afterMs <= 0) return null
  return {
    rule,
    ...measured,
    ...beginning,
    deployment,
    meetAt,
    afterMs,
    // Sums of spans of different length cannot be compared.
    beforeMs: isSum(measured.source) ? afterMs : Math.max(soakMs, afterMs),
  }
}

function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE
}

export function spansOfComparison({ source, groupBy, meetAt, beforeMs, afterMs }: Comparison): Span[] {
  return [
    ...spansOfMeasure({ source, windowMs: beforeMs }, groupBy, meetAt),
    ...spansOfMeasure({ source, windowMs: afterMs }, groupBy, meetAt + afterMs),
  ]
}

/** `p95 of queue.wait 340 ms → 1.9 s since shop 3f1c9a2, 4 min before`; null where the two sides hardly differ. English. */
export function suspectOfRule(comparison: Comparison, answerOf: AnswerOf, unitOf: UnitOf): string | null {
  const { source, deployment, startedAt } = comparison
  const was = sideOf(comparison, 'before', answerOf)
  const is = sideOf(comparison, 'after', answerOf)
  if (was === null || is === null || !isWorse(was, is, comparison.direction)) return null
  const [one, other] = [was, is].map((value) => formatOfSource(value, source, unitOf, 'en'))
  const sinceMs = startedAt - deployment.at
  const ago = sinceMs < MINUTE ? 'just before' : `${formatDuration(sinceMs, 'en')} before`
  return `${nameSource(source)} ${one} → ${other} since ${deployment.name}, ${ago}`
}

/** The incident that a settlement opens says whom to suspect. */
export function withSuspect(settlement: RuleSettlement, suspect: string | undefined, now: Instant): RuleSettlement {
  const { incident } = settlement
  if (suspect === undefined || (incident?.op !== 'open' && incident?.op !== 'reopen')) return settlement
  const line = { at: now, kind: 'suspect', message: `Suspect: ${suspect}.` }
  return { ...settlement, incident: { ...incident, events: [...incident.events, line] } }
}

function measuredBy({ condition, groupBy }: AlertRule): Pick<Comparison, 'source' | 'groupBy' | 'direction'> | null {
  if (condition.kind === 'consecutive_failures') {
    const source: Source = { of: { metric: 'probe.success', aggregate: 'avg' }, isRest: true }
    return { source, groupBy: ['monitor'], direction: 'up' }
  }
  // That one failed or crashed says itself which it was.
  if (!('source' in condition) || isOfDeployments(condition.source.of.metric)) return null
  return { source: condition.source, groupBy, direction: directionOf(condition) }
}

function directionOf(condition: Extract<RuleCondition, { source: Source }>): Comparison['direction'] {
  if (condition.kind === 'anomaly') return condition.direction
  return condition.operator === 'above' || condition.operator === 'at_least' ? 'up' : 'down'
}

function beginningOf(
  changes: readonly RuleChange[],
  open: readonly OpenAlert[],
): { group: readonly string[]; startedAt: Instant } | null {
  const begun = changes.find(({ to, from }) => to === 'critical' && from !== 'critical')
  if (begun !== undefined) return { group: begun.group, startedAt: begun.startedAt }
  const quiet = open.find(({ level, mutedReason }) => level === 'critical' && mutedReason !== null)
  if (quiet === undefined) return null
  return { group: groupOf(quiet.groupKey), startedAt: quiet.startedAt }
}

function sideOf(comparison: Comparison, side: 'before' | 'after', answerOf: AnswerOf): number | null {
  const { rule, source, groupBy, group, meetAt, beforeMs, afterMs } = comparison
  const sums = isSum(source)
  const [windowMs, until] = side === 'before' ? [beforeMs, meetAt] : [afterMs, meetAt + afterMs]
  const inputs = { answerOf, knownGroupsOf: () => [group] }
  const minCount = side === 'before' && !sums ? ENOUGH : 0
  const measured = measureGroups({ ...rule, groupBy }, { source, windowMs }, until, minCount, inputs)
  const found = measured.find((one) => groupKeyOf(one.group) === groupKeyOf(group))
  if (found?.kind === 'value') return found.value
  return sums && found?.kind === 'silent' ? 0 : null
}

function isSum({ of, per }: Source): boolean {
  return per === undefined && ADDS_UP.has(of.aggregate)
}

function isWorse(was: number, is: number, direction: Comparison['direction']): boolean {
  const isUp = is > was && is >= was * FACTOR
  const isDown = is < was && was >= is * FACTOR
  return (direction !== 'down' && isUp) || (direction !== 'up' && isDown)
}
