import { isWorthSaving } from '../domain/alert/is-worth-saving.ts'
import type { AlertState, Evolution } from '../domain/alert/life-cycle.ts'
import { type GroupOutcome, groupKeyOf } from '../domain/rule/outcome.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import { type Instant, MINUTE } from '../domain/time/instant.ts'
import type { RuleEvaluation, RuleGroupState, RuleStatus, WrittenState } from '../ports/rule-store.ts'
import { levelIn } from './evaluate-rules-memory.ts'

/** The value of what is well is brought up to date this often; it stands with the minute that it is of. */
const REFRESH_MS = 15 * MINUTE

interface Remembered {
  rule: AlertRule
  group: readonly string[]
  before: RuleGroupState | null
  evolution: Evolution
  outcome: GroupOutcome | null
}

/** What is left of an evaluation to be remembered of a rule and group: nothing where nothing is new. */
export function remember(
  { rule, group, before, evolution, outcome }: Remembered,
  at: Instant,
  found: Pick<RuleEvaluation, 'states' | 'forgotten'>,
): void {
  const { state, to, reason } = evolution
  if (state === null) {
    if (before !== null) found.forgotten.push({ ruleId: rule.id, groupKey: groupKeyOf(group) })
    return
  }
  const status = statusOf(state, outcome)
  const level = to ?? levelIn(state, ['pending'])
  const judged = outcome?.kind === 'judged' ? outcome : null
  const value = judged?.value ?? null
  const memory = judged?.memory ?? before?.memory ?? null
  const written: WrittenState = {
    ruleId: rule.id,
    group,
    state,
    memory,
    status,
    level,
    value,
    reason,
    sinceAt: before !== null && before.status === status ? before.sinceAt : at,
  }
  if (isNews(before, written, at)) found.states.push(written)
}

function isNews(before: RuleGroupState | null, after: WrittenState, at: Instant): boolean {
  if (before === null || isWorthSaving(before.state, after.state)) return true
  if (before.status !== after.status || before.level !== after.level) return true
  if (before.memory?.hourAt !== after.memory?.hourAt) return true
  return before.value !== after.value && (after.status === 'firing' || at - before.evaluatedAt >= REFRESH_MS)
}

function statusOf(state: AlertState, outcome: GroupOutcome | null): RuleStatus {
  if (levelIn(state, ['firing']) !== null) return 'firing'
  if (levelIn(state, ['pending']) !== null) return 'pending'
  return outcome?.kind === 'judged' ? 'inactive' : 'no_data'
}
