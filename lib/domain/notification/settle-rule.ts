import { divideRule, type RuleDivision } from './divide-rule.ts'
import { joinIncident } from './join-incident.ts'
import { muteChanges } from './mute-rule.ts'
import { repeatRule } from './repeat-rule.ts'
import { changeRuleAlert } from './rule-alert.ts'
import { changeRuleIncident } from './rule-incident.ts'
import type { RuleChange, RuleSubject } from './rule-request.ts'
import type { IncidentContext, RuleContext, RuleSettlement } from './rule-settlement.ts'
import type { SettleEnvironment } from './settle.ts'
import { type RulePart, splitRule } from './split-rule.ts'

/**
 * Turns what changed of a rule at one evaluation into everything that follows from it, one settlement for each incident that it concerns.
 * The groups of a rule share one incident, or those that people say share one; their critical alerts open and join it, unless an incident is
 * open already for the monitor that an alert is about or for something related. A warning is told by itself. What nobody acknowledges is told
 * again where the rule asks for it.
 */
export function settleRule(
  subject: RuleSubject,
  changes: readonly RuleChange[],
  context: RuleContext,
  environment: SettleEnvironment,
): RuleSettlement[] {
  return divideRule(subject, changes, context)
    .flatMap((division) => settleDivision(division, environment))
    .filter(({ alerts, incident }) => alerts.length > 0 || incident !== null)
}

function settleDivision({ subject, changes, context }: RuleDivision, environment: SettleEnvironment): RuleSettlement[] {
  const told = muteChanges(subject, changes, context, environment.now)
  return splitRule(subject, told, context, environment.now).map((part) =>
    settlePart(part, subject, context, environment),
  )
}

function settlePart(
  { host, changes, open }: RulePart,
  subject: RuleSubject,
  context: IncidentContext,
  environment: SettleEnvironment,
): RuleSettlement {
  const lastIncident = host ?? context.lastIncident
  const facts = { ...subject, open, changes, context: { ...context, lastIncident }, environment }
  const { incident, ...telling } = host === null ? changeRuleIncident(facts) : joinIncident(host, facts)
  const alerts = changes.flatMap((change) => changeRuleAlert(change, facts, telling))
  const repeated = repeatRule(facts, incident)
  return {
    ruleId: subject.rule.id,
    alerts: [...alerts, ...repeated.alerts],
    incident: repeated.incident ?? incident,
  }
}
