import { type AlertState, type Evolution, evolveAlert, type SeenOutcome } from '../domain/alert/life-cycle.ts'
import { policyOf } from '../domain/alert/policy.ts'
import type { RuleChange, RuleSubject } from '../domain/notification/rule-request.ts'
import type { OpenAlert } from '../domain/notification/rule-settlement.ts'
import { isWaiting } from '../domain/notification/tell-more.ts'
import type { Level } from '../domain/rule/condition.ts'
import { evaluateRule } from '../domain/rule/evaluate.ts'
import { evaluationOrder } from '../domain/rule/order.ts'
import { type GroupOutcome, groupKeyOf, type RuleOutcome } from '../domain/rule/outcome.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import type { MonitorFacts, RuleInputs } from '../domain/rule/rule-inputs.ts'
import { unwatchedReason } from '../domain/rule/unwatched.ts'
import type { Span, SpanAnswer } from '../domain/series/figures.ts'
import { type Instant, MINUTE } from '../domain/time/instant.ts'
import type { ClaimedRule, RuleClaim, RuleEvaluation } from '../ports/rule-store.ts'
import { inhibitorsOf } from './evaluate-rules-inhibit.ts'
import { createMemory, levelIn, type RuleMemory } from './evaluate-rules-memory.ts'
import { type Answers, answerKeyOf } from './evaluate-rules-read.ts'
import { remember } from './evaluate-rules-states.ts'

/** A rule whose alerts changed, or are to be told again. */
export interface ChangedRule extends RuleSubject {
  changes: readonly RuleChange[]
}

export interface EvaluatedProject extends Pick<RuleEvaluation, 'states' | 'forgotten' | 'failed' | 'mended'> {
  claim: RuleClaim
  changed: ChangedRule[]
  /** Rules that asked for spans that had not been read. */
  unread: AlertRule[]
}

/** What is known before all rules are. */
type FoldedProject = Omit<EvaluatedProject, 'changed'> & { changed: Omit<ChangedRule, 'inhibitors'>[] }

class UnreadSpan extends Error {}

/** All rules of a project at one minute: pure. An error of one rule is its own, and keeps its alerts as they are. */
export function evaluateProject(claim: RuleClaim, answers: Answers): EvaluatedProject {
  const found: FoldedProject = { claim, changed: [], unread: [], states: [], forgotten: [], failed: [], mended: [] }
  for (const { id, reason, failure } of claim.unreadable)
    if (reason !== failure) found.failed.push({ ruleId: id, reason })
  const memory = createMemory(claim)
  const inputs = inputsOf(claim, answers, memory)
  const byKey = new Map(claim.rules.map((claimed) => [claimed.rule.key, claimed]))
  for (const { key } of evaluationOrder(claim.rules.map(({ rule }) => rule))) {
    const claimed = byKey.get(key)
    if (claimed === undefined) continue
    const outcome = judge(claimed.rule, claim.at, inputs)
    if (outcome === 'unread') found.unread.push(claimed.rule)
    fold(
      claimed,
      outcome === 'unread' ? { kind: 'failed', reason: 'its figures were not read' } : outcome,
      memory,
      found,
    )
  }
  // Only now is it known of every rule what fires at this minute, whichever of two keeps the other quiet.
  const changed = found.changed.map((one) => ({ ...one, inhibitors: inhibitorsOf(one.rule, claim, inputs) }))
  return { ...found, changed }
}

function judge(rule: AlertRule, at: Instant, inputs: RuleInputs): RuleOutcome | 'unread' {
  try {
    return evaluateRule(rule, at, inputs)
  } catch (error) {
    if (error instanceof UnreadSpan) return 'unread'
    return { kind: 'failed', reason: `it cannot be evaluated: ${String(error)}` }
  }
}

function inputsOf(claim: RuleClaim, answers: Answers, memory: RuleMemory): RuleInputs {
  return {
    answerOf(span: Span): SpanAnswer {
      const answer = answers.get(answerKeyOf(claim.projectId, span))
      if (answer === undefined) throw new UnreadSpan(span.term.metric)
      return answer
    },
    monitors: claim.monitors,
    activeLevelOf: (ruleKey, groupKey) => activeLevelOf(memory.known(ruleKey).get(groupKey)?.state ?? null),
    firingGroupsOf: (ruleKey) =>
      [...memory.current(ruleKey).values()].flatMap(({ group, state }) => {
        const level = levelIn(state, ['firing'])
        return level === null ? [] : [{ group, level }]
      }),
    knownGroupsOf: (ruleKey) => [...memory.known(ruleKey).values()].map(({ group }) => group),
    slos: claim.slos,
    unitOf: (metric) => claim.units.get(metric) ?? null,
    lastSampleAtOf: (ruleKey, groupKey) => memory.known(ruleKey).get(groupKey)?.state?.noDataSince ?? null,
    memoryOf: (ruleKey, groupKey) => memory.known(ruleKey).get(groupKey)?.memory ?? null,
  }
}

function fold(claimed: ClaimedRule, outcome: RuleOutcome, memory: RuleMemory, found: FoldedProject): void {
  const { rule, failure } = claimed
  const { claim } = found
  if (outcome.kind === 'failed') {
    if (outcome.reason !== failure) found.failed.push({ ruleId: rule.id, reason: outcome.reason })
    return
  }
  if (failure !== null) found.mended.push(rule.id)
  const open = memory.open(rule.id)
  const changes = seenGroups(outcome.groups, memory, rule, claim.monitors).flatMap(({ group, seen }) => {
    const key = groupKeyOf(group)
    const before = memory.known(rule.key).get(key) ?? null
    const evolution = evolveAlert(before?.state ?? null, seen, claim.at, policyOf(rule))
    memory.current(rule.key).set(key, { group, state: evolution.state })
    const judged = seen.kind === 'judged' || seen.kind === 'no_data' ? seen : null
    remember({ rule, group, before, evolution, outcome: judged }, claim.at, found)
    return changeOf(group, evolution, judged, open.get(key) ?? null, claim.at)
  })
  const isRepeated =
    rule.repeatMs > 0 && [...open.values()].some((alert) => isLeftAlone(alert, rule.repeatMs, claim.at))
  const isMuted = [...open.values()].some(({ mutedReason }) => mutedReason !== null)
  const waits = [...open.values()].some((alert) => isWaiting(rule, alert))
  if (changes.length === 0 && !isRepeated && !isMuted && !waits) return
  const unitOf = (metric: string) => claim.units.get(metric) ?? null
  const outcomes = new Map(outcome.groups.map((one) => [groupKeyOf(one.group), one]))
  found.changed.push({ rule, open: [...open.values()], outcomes, changes, unitOf })
}

/** Told so long ago that it is to be told again; whether it was acknowledged is looked at when it is decided. */
function isLeftAlone({ toldAt }: OpenAlert, repeatMs: number, at: Instant): boolean {
  return toldAt !== null && at + MINUTE - toldAt >= repeatMs
}

/** The groups of the result, and those that are remembered or open and are not in it any more. */
function seenGroups(
  outcomes: readonly GroupOutcome[],
  memory: RuleMemory,
  rule: AlertRule,
  monitors: readonly MonitorFacts[],
): { group: readonly string[]; seen: SeenOutcome }[] {
  const keys = new Set(outcomes.map(({ group }) => groupKeyOf(group)))
  const left = [...memory.known(rule.key).values()].flatMap(({ group }) => (keys.has(groupKeyOf(group)) ? [] : [group]))
  const goneOr = (group: readonly string[], seen: SeenOutcome): SeenOutcome => {
    const reason = unwatchedReason(rule, group, monitors)
    return reason === null ? seen : { kind: 'gone', reason }
  }
  // These kinds say themselves what is not watched, and which monitor they name in vain.
  const saysItself = 'monitors' in rule.condition
  return [
    ...outcomes.map((outcome) => ({
      group: outcome.group,
      seen: saysItself ? outcome : goneOr(outcome.group, outcome),
    })),
    ...left.map((group) => ({ group, seen: goneOr(group, { kind: 'absent' }) })),
  ]
}

function changeOf(
  group: readonly string[],
  { to, transitions, flapping, reason }: Evolution,
  outcome: GroupOutcome | null,
  open: OpenAlert | null,
  at: Instant,
): RuleChange[] {
  const from = open?.level ?? null
  if (from === to && flapping !== 'stabilised') return []
  const fired = transitions.find((transition) => transition.op === 'fire')
  return [{ group, from, to, flapping, reason, startedAt: fired?.startedAt ?? at, outcome, open, points: null }]
}

function activeLevelOf(state: AlertState | null): Level | null {
  return levelIn(state, ['firing', 'pending'])
}
