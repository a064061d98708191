import type { Level } from '../rule/condition.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import { composeNotifications } from './compose.ts'
import type { MutableChange } from './mute-rule.ts'
import { patchOf, type RuleChange, type RuleFacts, requestOf, type Told } from './rule-request.ts'
import type { RuleAlertChange } from './rule-settlement.ts'
import type { NewNotification } from './settlement.ts'
import { decideThrottle } from './throttle.ts'

/** What a change does to the alert of its group. A warning is told by itself; a critical alert is told by its incident. */
export function changeRuleAlert(change: MutableChange, facts: RuleFacts, byIncident: Told): RuleAlertChange[] {
  const { rule, environment } = facts
  const { to, from, open, group, reason, startedAt, points } = change
  if (to === null) {
    if (open === null) return []
    return [{ op: 'resolve', id: open.id, at: environment.now, reason, rule: patchOf(change, facts) }]
  }
  if (to === from) return []
  const id = open?.id ?? environment.newId()
  const telling = { muted: null, ...tell(change, to, id, facts, byIncident) }
  const shared = {
    id,
    level: to,
    severity: rule.severity[to],
    reason,
    points,
    monitorKey: monitorOf(rule, group),
    ...telling,
  }
  return open === null ? [{ op: 'fire', group, startedAt, ...shared }] : [{ op: 'change', ...shared }]
}

function tell(change: MutableChange, to: Level, id: string, facts: RuleFacts, byIncident: Told) {
  const { mute } = change
  if (mute.muted) {
    const { code, until, reason } = mute
    return { told: false, toldReason: reason, notifications: [], muted: { code, until, reason } }
  }
  return to === 'critical' ? { ...byIncident, notifications: [] } : tellWarning(change, id, facts)
}

function tellWarning(change: RuleChange, id: string, facts: RuleFacts): Told & { notifications: NewNotification[] } {
  const { rule, context, environment } = facts
  const silently = (toldReason: string) => ({ told: false, toldReason, notifications: [] })
  // Whoever heard that it was critical hears that it is not any more; that it still warns stands in the same message.
  if (change.from === 'critical') return silently('not critical any more: the end of its incident tells of it')
  if (change.flapping === 'ongoing') return silently('flapping: told once that it is, so this turn is not told')
  const throttle = decideThrottle(rule.throttleMs, context.toldAt, environment.now)
  if (throttle !== null) return silently(throttle)
  const { notifications, routes } = composeNotifications({
    ...requestOf(change, 'warning', facts),
    kind: 'alert.firing',
    reason: change.reason,
    startedAt: change.startedAt,
    incident: null,
    subjectId: id,
  })
  if (notifications.length === 0)
    return silently(['nobody was told:', ...routes.map((route) => route.reason)].join(' '))
  return { told: true, toldReason: 'a warning, told by itself', notifications }
}
