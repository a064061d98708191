import type { CompositeCondition } from './condition.ts'
import type { GroupOutcome } from './outcome.ts'
import type { RuleInputs } from './rule-inputs.ts'

/** Other rules together; firing in any group and at any level counts. The value is how many of them fire. */
export function evaluateComposite(condition: CompositeCondition, inputs: RuleInputs): GroupOutcome[] {
  const { rules, mode, level } = condition
  const firing = rules.filter((key) => inputs.firingGroupsOf(key).length > 0)
  const needed = mode === 'all' ? rules.length : 1
  const isBad = firing.length >= needed
  const which = firing.length === 0 ? 'none' : firing.join(', ')
  const reason = `${firing.length} of ${rules.length} rules fire (${which}), ${isBad ? '' : 'not '}${mode} of them`
  return [{ group: [], kind: 'judged', level: isBad ? level : null, value: firing.length, limit: needed, reason }]
}
