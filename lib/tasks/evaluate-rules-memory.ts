import type { AlertState } from '../domain/alert/life-cycle.ts'
import type { OpenAlert } from '../domain/notification/rule-settlement.ts'
import { LEVELS, type Level } from '../domain/rule/condition.ts'
import { groupKeyOf } from '../domain/rule/outcome.ts'
import type { RuleClaim, RuleGroupState } from '../ports/rule-store.ts'

/** States by rule and group, as they are while the project is evaluated: composites see the present minute of the rules before them. */
export interface RuleMemory {
  known(ruleKey: string): ReadonlyMap<string, RuleGroupState>
  current(ruleKey: string): Map<string, { group: readonly string[]; state: AlertState | null }>
  open(ruleId: string): ReadonlyMap<string, OpenAlert>
}

export function createMemory(claim: RuleClaim): RuleMemory {
  const known = new Map(
    [...claim.rules.map(({ rule, states }) => ({ key: rule.key, states })), ...claim.unreadable].map(
      ({ key, states }) => [key, new Map(states.map((state) => [groupKeyOf(state.group), state] as const))],
    ),
  )
  const current = new Map<string, ReturnType<RuleMemory['current']>>()
  const none = new Map<string, RuleGroupState>()
  const noAlerts = new Map<string, OpenAlert>()
  const open = new Map<string, Map<string, OpenAlert>>()
  for (const alert of claim.alerts) {
    const alerts = open.get(alert.ruleId) ?? new Map<string, OpenAlert>()
    open.set(alert.ruleId, alerts.set(alert.groupKey, alert))
  }
  return {
    known: (ruleKey) => known.get(ruleKey) ?? none,
    current(ruleKey) {
      const states = current.get(ruleKey) ?? new Map(known.get(ruleKey) ?? none)
      current.set(ruleKey, states)
      return states
    },
    open: (ruleId) => open.get(ruleId) ?? noAlerts,
  }
}

/** The worst level that is in one of these. */
export function levelIn(state: AlertState | null, statuses: readonly string[]): Level | null {
  if (state === null) return null
  return LEVELS.findLast((level) => statuses.includes(state[level].status)) ?? null
}
