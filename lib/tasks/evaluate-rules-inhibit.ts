import type { FiringAlert } from '../domain/notification/inhibit.ts'
import { firingAlertsOf } from '../domain/notification/inhibit-rule.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import type { RuleInputs } from '../domain/rule/rule-inputs.ts'
import type { RuleClaim } from '../ports/rule-store.ts'

/** What fires of the rules that a rule names to keep it quiet. One that cannot be read has no labels to compare, and keeps nothing quiet. */
export function inhibitorsOf(
  { inhibitedBy }: Pick<AlertRule, 'inhibitedBy'>,
  { rules }: Pick<RuleClaim, 'rules'>,
  { firingGroupsOf }: Pick<RuleInputs, 'firingGroupsOf'>,
): FiringAlert[] {
  if (inhibitedBy.length === 0) return []
  return rules.flatMap(({ rule }) =>
    inhibitedBy.some((one) => one.rule === rule.key) ? firingAlertsOf(rule, firingGroupsOf(rule.key)) : [],
  )
}
