import { muteChanges } from './mute-rule.ts'
import { repeatRule } from './repeat-rule.ts'
import { changeRuleAlert } from './rule-alert.ts'
import { changeRuleIncident } from './rule-incident.ts'
import type { RuleChange, RuleSubject } from './rule-request.ts'
import type { RuleContext, RuleSettlement } from './rule-settlement.ts'
import type { SettleEnvironment } from './settle.ts'

/**
 * Turns what changed of a rule at one evaluation into everything that follows from it. The groups of a rule share one incident, which its
 * critical alerts open and join; a warning is told by itself. What nobody acknowledges is told again where the rule asks for it.
 */
export function settleRule(
  subject: RuleSubject,
  changes: readonly RuleChange[],
  context: RuleContext,
  environment: SettleEnvironment,
): RuleSettlement {
  const told = muteChanges(subject, changes, context, environment.now)
  const facts = { ...subject, changes: told, context, environment }
  const { incident, ...telling } = changeRuleIncident(facts)
  const alerts = told.flatMap((change) => changeRuleAlert(change, facts, telling))
  const repeated = repeatRule(facts, incident)
  return {
    ruleId: subject.rule.id,
    alerts: [...alerts, ...repeated.alerts],
    incident: repeated.incident ?? incident,
  }
}
