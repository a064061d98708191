import type { AlertRule } from '../rule/rule.ts'
import type { RuleAlertChange, RuleSettlement } from './rule-settlement.ts'
import type { IncidentChange } from './settlement.ts'

/** What one rule of a project changes at an evaluation. */
export interface SettledRule {
  rule: Pick<AlertRule, 'name'>
  settlements: readonly RuleSettlement[]
}

type Beginning = Extract<IncidentChange, { op: 'open' | 'reopen' }>

/**
 * Rules of a project that turn critical at one evaluation and share an incident are one message: that of the rule which begins the incident
 * names the others. What they would have told by themselves to the same channels has been told by it.
 */
export function tellTogether(settled: readonly SettledRule[]): SettledRule[] {
  const beginnings = settled.flatMap(({ rule, settlements }) =>
    settlements.flatMap(({ incident }) => {
      if (incident === null || (incident.op !== 'open' && incident.op !== 'reopen')) return []
      return incident.notifications.length === 0 ? [] : [{ rule, incident }]
    }),
  )
  const named = beginnings.map(({ rule, incident }) => {
    const joining = settled.filter((other) => other.rule !== rule && joins(other, incident.id))
    return { by: rule.name, incident, others: joining.map(({ rule: { name } }) => name) }
  })
  const told = new Map(named.filter(({ others }) => others.length > 0).map((one) => [one.incident.id, one] as const))
  return settled.map((one) => ({
    ...one,
    settlements: one.settlements.map((settlement): RuleSettlement => {
      const { incident } = settlement
      const found = incident === null ? undefined : told.get(incident.id)
      if (incident === null || found === undefined) return settlement
      if (incident === found.incident) return { ...settlement, incident: nameOthers(found.incident, found.others) }
      return withBeginning(settlement, found.by)
    }),
  }))
}

function joins({ settlements }: SettledRule, id: string): boolean {
  return settlements.some(({ incident }) => incident?.op === 'continue' && incident.id === id)
}

function nameOthers(incident: Beginning, others: readonly string[]): Beginning {
  const notifications = incident.notifications.map((one) => {
    const { rule } = one.payload
    return rule === undefined
      ? one
      : { ...one, payload: { ...one.payload, rule: { ...rule, otherRules: [...others] } } }
  })
  return { ...incident, notifications }
}

/** A rule that joined, with nobody left to tell: it has been told with the beginning. */
function withBeginning({ ruleId, alerts, incident }: RuleSettlement, by: string): RuleSettlement {
  if (incident?.op !== 'continue' || (incident.notifications ?? []).length > 0) return { ruleId, alerts, incident }
  const events = incident.events.filter(({ kind }) => kind !== 'not_told_again')
  const toldReason = `told in one message with ${by}`
  return {
    ruleId,
    alerts: alerts.map((alert): RuleAlertChange => {
      if ((alert.op !== 'fire' && alert.op !== 'change') || alert.level !== 'critical' || alert.muted !== null)
        return alert
      return { ...alert, told: true, toldReason }
    }),
    incident: { ...incident, events },
  }
}
