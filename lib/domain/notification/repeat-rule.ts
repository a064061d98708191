import { groupOf } from '../rule/outcome.ts'
import { composeNotifications } from './compose.ts'
import { type RuleFacts, requestOf } from './rule-request.ts'
import type { OpenAlert, RuleAlertChange } from './rule-settlement.ts'
import type { IncidentChange } from './settlement.ts'
import { decideRepetition } from './throttle.ts'

const TOLD_AGAIN = 'nobody acknowledged it, and the rule asks to be told again'

/** Tells again what still fires and nobody has acknowledged. Not when the incident changes at this very evaluation. */
export function repeatRule(
  facts: RuleFacts,
  incident: IncidentChange | null,
): { alerts: RuleAlertChange[]; incident: IncidentChange | null } {
  const { rule, open, changes, environment } = facts
  const due = open.flatMap((alert) => {
    if (changes.some((change) => change.open?.id === alert.id)) return []
    const repetition = decideRepetition(rule.repeatMs, alert, environment.now)
    return repetition === null ? [] : [{ alert, repetition }]
  })
  const warnings = due.filter(({ alert }) => alert.level === 'warning')
  const [critical] = due.filter(({ alert }) => alert.level === 'critical' && alert.incidentStatus === 'triggered')
  const again = critical === undefined || incident !== null ? null : repeatIncident(critical, facts)
  const told = { told: true, toldReason: TOLD_AGAIN, notifications: [], muted: null }
  return {
    incident: again,
    alerts: [
      ...warnings.map((one) => repeatWarning(one, facts)),
      // All that its message speaks of have been told with it.
      ...open.flatMap(({ id, level }): RuleAlertChange[] =>
        again !== null && level === 'critical' ? [{ op: 'repeat', id, ...told }] : [],
      ),
    ],
  }
}

interface Due {
  alert: OpenAlert
  repetition: number
}

function repeatIncident({ alert, repetition }: Due, facts: RuleFacts): IncidentChange | null {
  const last = facts.context.lastIncident
  if (last === null || last.id !== alert.incidentId) return null
  const { id, title, episode, flapping } = last
  const { notifications } = composeNotifications({
    ...againOf(alert, facts),
    kind: 'incident.triggered',
    reason: TOLD_AGAIN,
    startedAt: last.startedAt,
    incident: { id, title, episode, flapping },
    subjectId: id,
    repetition,
  })
  if (notifications.length === 0) return null
  const events = [{ at: facts.environment.now, kind: 'told_again', message: 'Told again: nobody has acknowledged it.' }]
  return { op: 'continue', id, events, notifications }
}

function repeatWarning({ alert, repetition }: Due, facts: RuleFacts): RuleAlertChange {
  const { notifications } = composeNotifications({
    ...againOf(alert, facts),
    kind: 'alert.firing',
    reason: TOLD_AGAIN,
    startedAt: alert.startedAt,
    incident: null,
    subjectId: alert.id,
    repetition,
  })
  return { op: 'repeat', id: alert.id, told: true, toldReason: TOLD_AGAIN, notifications, muted: null }
}

function againOf(alert: OpenAlert, facts: RuleFacts) {
  const { groupKey, level, startedAt } = alert
  const outcome = facts.outcomes.get(groupKey) ?? null
  const request = requestOf({ group: groupOf(groupKey), outcome, startedAt }, level, facts)
  const { message, severity } = request.rule
  return { ...request, rule: { severity, message: { ...message, isRepeated: true } } }
}
