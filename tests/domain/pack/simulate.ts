import { type AlertState, type AlertTransition, evolveAlert } from '../../../lib/domain/alert/life-cycle.ts'
import { policyOf } from '../../../lib/domain/alert/policy.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import { groupKeyOf } from '../../../lib/domain/rule/outcome.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import type { MonitorFacts } from '../../../lib/domain/rule/rule-inputs.ts'
import type { AnswerOf } from '../../../lib/domain/series/figures.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

interface World {
  answerOf: AnswerOf
  monitors?: readonly MonitorFacts[]
}

export type Seen = AlertTransition & { minute: number }

/**
 * Evaluates a rule at the end of each of so many minutes after `from`, as the engine does, and says what its alerts did: minute 1 is the first
 * that has ended.
 */
export function simulate(rule: RuleSpec, from: number, minutes: number, worldAt: (at: number) => World): Seen[] {
  const states = new Map<string, AlertState>()
  const known = new Map<string, readonly string[]>()
  const seen: Seen[] = []
  for (let minute = 1; minute <= minutes; minute += 1) {
    const at = from + minute * MINUTE
    const { answerOf, monitors = [] } = worldAt(at)
    const outcome = evaluateRule(rule, at, {
      answerOf,
      monitors,
      activeLevelOf: () => null,
      firingGroupsOf: () => [],
      knownGroupsOf: () => [...known.values()],
      slos: new Map(),
    })
    if (outcome.kind === 'failed') throw new Error(outcome.reason)
    for (const one of outcome.groups) {
      const key = groupKeyOf(one.group)
      known.set(key, one.group)
      const evolved = evolveAlert(states.get(key) ?? null, one, at, policyOf(rule))
      if (evolved.state === null) states.delete(key)
      else states.set(key, evolved.state)
      seen.push(...evolved.transitions.map((transition) => ({ ...transition, minute })))
    }
  }
  return seen
}

/** Levels that fired, and in which minute. */
export function firings(seen: readonly Seen[]): { level: string; minute: number }[] {
  return seen.flatMap((one) => {
    if (one.op === 'fire') return [{ level: one.level, minute: one.minute }]
    return one.op === 'change_level' && one.to === 'critical' ? [{ level: one.to, minute: one.minute }] : []
  })
}
