import { groupOf } from '../rule/outcome.ts'
import { groupingOf } from './grouping.ts'
import type { RuleChange, RuleSubject } from './rule-request.ts'
import type { IncidentContext, OpenAlert, RuleContext } from './rule-settlement.ts'

/** What of a rule shares an incident, where it is not part of somebody else's. */
export interface RuleDivision {
  subject: RuleSubject
  changes: RuleChange[]
  context: IncidentContext
}

/**
 * The alerts of a rule by the incident of its own that they would share: one for all of them, unless people say what incidents of the rule
 * are grouped by. Each is then decided as if the others were not there.
 */
export function divideRule(subject: RuleSubject, changes: readonly RuleChange[], context: RuleContext): RuleDivision[] {
  const { rule } = subject
  const { ownIncidents, pack } = context
  if (rule.incidentBy === null)
    return [{ subject, changes: [...changes], context: { ...context, lastIncident: ownIncidents[0] ?? null } }]
  const parts = new Map<string | null, { changes: RuleChange[]; open: OpenAlert[] }>()
  const partOf = (group: readonly string[]) => {
    const grouping = groupingOf(rule, group, pack)
    const part = parts.get(grouping) ?? { changes: [], open: [] }
    parts.set(grouping, part)
    return part
  }
  for (const change of changes) partOf(change.group).changes.push(change)
  for (const alert of subject.open) partOf(groupOf(alert.groupKey)).open.push(alert)
  return [...parts].map(([grouping, part]) => ({
    subject: { ...subject, open: part.open },
    changes: part.changes,
    context: { ...context, lastIncident: ownIncidents.find((one) => one.grouping === grouping) ?? null },
  }))
}
