import type { AnomalyMemory } from '../rule/anomaly-memory.ts'
import { evaluateRule } from '../rule/evaluate.ts'
import { type GroupOutcome, groupKeyOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { EvaluableRule, RuleInputs } from '../rule/rule-inputs.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { type AlertState, type AlertTransition, evolveAlert } from './life-cycle.ts'
import { type AlertPolicy, policyOf } from './policy.ts'

/** What a back-test needs of a rule: a draft that nobody has saved yet has it, too. */
export type TestedRule = EvaluableRule & Pick<AlertRule, 'forMs' | 'keepFiringForMs' | 'noData' | 'throttleMs'>

/** A rule on its way through the past. Everything by group key; what `evolveAlert` forgets is in none of them. */
export interface RuleRun {
  rule: TestedRule
  states: Map<string, AlertState>
  groups: Map<string, readonly string[]>
  memories: Map<string, AnomalyMemory>
}

export interface RuleStep {
  outcomes: readonly GroupOutcome[]
  transitions: readonly { group: readonly string[]; groupKey: string; transition: AlertTransition }[]
  /** Why the rule could not be evaluated at all; null when it could. */
  failed: string | null
}

/** One evaluation of one rule: every group that is judged, and every group that is remembered, goes through its life cycle once. */
export function stepRule(run: RuleRun, at: Instant, stepMs: number, inputs: RuleInputs): RuleStep {
  const outcome = evaluateRule(run.rule, at, inputs)
  const outcomes = outcome.kind === 'evaluated' ? outcome.groups : []
  const transitions: { group: readonly string[]; groupKey: string; transition: AlertTransition }[] = []
  const policy = policyAt(run.rule, stepMs)
  const seen = new Set<string>()
  const evolve = (groupKey: string, given: Parameters<typeof evolveAlert>[1]) => {
    const evolved = evolveAlert(run.states.get(groupKey) ?? null, given, at, policy)
    const group = run.groups.get(groupKey) ?? []
    for (const transition of evolved.transitions) transitions.push({ group, groupKey, transition })
    if (evolved.state === null) forget(run, groupKey)
    else run.states.set(groupKey, evolved.state)
  }
  for (const group of outcomes) {
    const groupKey = groupKeyOf(group.group)
    seen.add(groupKey)
    if (!run.groups.has(groupKey)) run.groups.set(groupKey, group.group)
    if (group.kind === 'judged' && group.memory !== undefined) run.memories.set(groupKey, group.memory)
    evolve(groupKey, group)
  }
  const others = [...run.states.keys()].filter((groupKey) => !seen.has(groupKey))
  for (const groupKey of others) evolve(groupKey, outcome.kind === 'failed' ? outcome : { kind: 'absent' })
  return { outcomes, transitions, failed: outcome.kind === 'failed' ? outcome.reason : null }
}

function forget(run: RuleRun, groupKey: string): void {
  run.states.delete(groupKey)
  run.groups.delete(groupKey)
  run.memories.delete(groupKey)
}

/** Where only hours are known, an hour that was bad as a whole was bad for long enough. */
function policyAt(rule: TestedRule, stepMs: number): AlertPolicy {
  const policy = policyOf(rule)
  return { ...policy, forMs: stepMs >= HOUR && rule.forMs < stepMs ? 0 : rule.forMs, intervalMs: stepMs }
}
