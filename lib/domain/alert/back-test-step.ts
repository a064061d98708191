import type { AnomalyMemory } from '../rule/anomaly-memory.ts'
import { evaluateRule } from '../rule/evaluate.ts'
import { type GroupOutcome, groupKeyOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { EvaluableRule, RuleInputs } from '../rule/rule-inputs.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { type AlertState, type Evolution, evolveAlert, type SeenOutcome } from './life-cycle.ts'
import { type AlertPolicy, policyOf } from './policy.ts'

/** What a back-test and the check of a draft need of a rule: one that nobody has saved yet has it, too. */
export type TestedRule = EvaluableRule &
  Pick<AlertRule, 'forMs' | 'keepFiringForMs' | 'noData' | 'throttleMs' | 'repeatMs' | 'incidentBy' | 'inhibitedBy'>

/** A rule on its way through the past. Everything by group key; what `evolveAlert` forgets is in none of them. */
export interface RuleRun {
  rule: TestedRule
  states: Map<string, AlertState>
  groups: Map<string, readonly string[]>
  memories: Map<string, AnomalyMemory>
}

interface Evolved {
  group: readonly string[]
  groupKey: string
  evolution: Evolution
  /** Null of a group that is remembered and was not in the result. */
  outcome: GroupOutcome | null
}

export interface RuleStep {
  outcomes: readonly GroupOutcome[]
  /** What became of every group that is judged or remembered. */
  evolutions: readonly Evolved[]
  /** Why the rule could not be evaluated at all; null when it could. */
  failed: string | null
}

/**
 * One evaluation of one rule: every group that is judged, and every group that is remembered, goes through its life cycle once. Where nothing
 * happens, reasons are left empty: an evaluation in which something does is asked for once more, with its words.
 */
export function stepRule(
  run: RuleRun,
  at: Instant,
  policy: AlertPolicy,
  { inputs, wordless }: Record<'inputs' | 'wordless', RuleInputs>,
): RuleStep {
  let step = judge(run, at, policy, wordless)
  if (step.evolutions.some(isNews)) step = judge(run, at, policy, inputs)
  for (const outcome of step.outcomes) {
    if (outcome.kind === 'judged' && outcome.memory !== undefined)
      run.memories.set(groupKeyOf(outcome.group), outcome.memory)
  }
  for (const { group, groupKey, evolution } of step.evolutions) {
    if (evolution.state === null) forget(run, groupKey)
    else {
      run.states.set(groupKey, evolution.state)
      run.groups.set(groupKey, group)
    }
  }
  return step
}

/** Whether there is anything to tell or to write down. */
export function isNews({ evolution }: Evolved): boolean {
  return evolution.transitions.length > 0 || evolution.flapping === 'stabilised'
}

function judge(run: RuleRun, at: Instant, policy: AlertPolicy, inputs: RuleInputs): RuleStep {
  const outcome = evaluateRule(run.rule, at, inputs)
  // As live: what could not be evaluated leaves everything as it is.
  if (outcome.kind === 'failed') return { outcomes: [], evolutions: [], failed: outcome.reason }
  const outcomes = outcome.groups
  const evolutions: Evolved[] = []
  for (const seen of outcomes) evolutions.push(evolve(run, groupKeyOf(seen.group), seen.group, seen, at, policy))
  const judged = evolutions.length
  for (const [groupKey, group] of run.groups) {
    let isGone = true
    for (let index = 0; isGone && index < judged; index += 1) isGone = evolutions[index]?.groupKey !== groupKey
    if (isGone) evolutions.push(evolve(run, groupKey, group, GONE, at, policy))
  }
  return { outcomes, evolutions, failed: null }
}

const GONE: SeenOutcome = { kind: 'absent' }

function evolve(
  { states }: RuleRun,
  groupKey: string,
  group: readonly string[],
  seen: SeenOutcome,
  at: Instant,
  policy: AlertPolicy,
): Evolved {
  const evolution = evolveAlert(states.get(groupKey) ?? null, seen, at, policy)
  return { group, groupKey, evolution, outcome: 'group' in seen ? seen : null }
}

function forget(run: RuleRun, groupKey: string): void {
  run.states.delete(groupKey)
  run.groups.delete(groupKey)
  run.memories.delete(groupKey)
}

/** Where only hours are known, an hour that was bad as a whole was bad for long enough. */
export function policyAt(rule: TestedRule, stepMs: number): AlertPolicy {
  const policy = policyOf(rule)
  return { ...policy, forMs: stepMs >= HOUR && rule.forMs < stepMs ? 0 : rule.forMs, intervalMs: stepMs }
}
