import type { IncidentFacts } from '../incident/decide-incident.ts'
import { nameIncident, type OpenIncident } from '../incident/open-incident.ts'
import { isAtLeast, type Priority, priorityOf, type Severity, severityOf } from '../monitor/severity.ts'
import { composeNotifications, explainRoutes } from './compose.ts'
import { describeChange } from './rule-incident.ts'
import { type RuleChange, type RuleFacts, requestOf, type Told } from './rule-request.ts'
import type { IncidentChange, NewNotification, TimelineEntry } from './settlement.ts'
import { decideThrottle } from './throttle.ts'

/**
 * What alerts of a rule do to an incident that is not the rule's own: they are lines in its timeline. Channels that it was told to are not
 * told again; a channel that only this rule goes to is. When an alert leaves, the incident ends if nothing else of it fires: the store looks.
 */
export function joinIncident(host: OpenIncident, facts: RuleFacts): Told & { incident: IncidentChange | null } {
  const { rule, changes, environment } = facts
  const entering = changes.filter(({ from, to }) => to === 'critical' && from !== 'critical')
  const leaving = changes.filter(({ from, to }) => from === 'critical' && to !== 'critical')
  const [first] = entering
  const events = [...entering, ...leaving].map((change) => describeChange(change, facts))
  if (first !== undefined) return enter(host, first, events, facts)
  if (leaving.length === 0) return { incident: null, told: false, toldReason: '' }
  const incident: IncidentChange = {
    op: 'resolve',
    id: host.id,
    at: environment.now,
    reason: `${rule.name} is not critical any more`,
    state: leaving.some(({ to }) => to === 'warning') ? 'degraded' : 'up',
    evidence: [],
    rule: { level: null },
    events,
  }
  return { incident, told: false, toldReason: 'its incident tells of it' }
}

function enter(
  host: OpenIncident,
  first: RuleChange,
  lines: TimelineEntry[],
  facts: RuleFacts,
): Told & { incident: IncidentChange } {
  const { rule, context, environment } = facts
  const { now } = environment
  const { notifications, routes } = composeNotifications({
    ...requestOf(first, 'critical', facts),
    kind: 'incident.triggered',
    reason: first.reason,
    startedAt: host.startedAt,
    incident: { id: host.id, title: host.title, episode: host.episode, flapping: host.flapping },
    subjectId: host.id,
  })
  const news = notTold(notifications, host)
  const throttle = news.length === 0 ? null : decideThrottle(rule.throttleMs, context.toldAt, now)
  const told = throttle === null && news.length > 0
  const again = `not told again: ${nameIncident(host)}`
  const why = throttle ?? (notifications.length > 0 ? `${capitalise(again)}.` : null)
  const events = [
    ...lines,
    ...(why === null || told
      ? []
      : [
          {
            at: now,
            kind: throttle === null ? 'not_told_again' : 'throttled',
            message: why,
            details: { rule: rule.name },
          },
        ]),
    ...(notifications.length === 0 ? explainRoutes(routes, context, now) : []),
  ]
  return {
    incident: {
      op: 'continue',
      id: host.id,
      ...raised(host, rule.severity.critical),
      events,
      notifications: told ? news : [],
    },
    told,
    toldReason: told
      ? `told to those who had not heard of it: ${nameIncident(host)}`
      : (throttle ?? (notifications.length > 0 ? again : routes.map(({ reason }) => reason).join(' '))),
  }
}

/** Of what would be told of an incident, what goes to channels that have not heard of it in its present episode. */
export function notTold(
  notifications: readonly NewNotification[],
  { toldChannelIds }: OpenIncident,
): NewNotification[] {
  return notifications.filter(({ channelId }) => !toldChannelIds.includes(channelId))
}

/** An incident is ranked by the worst of what is part of it. */
export function raised({ priority }: Pick<IncidentFacts, 'priority'>, severity: Severity): { priority?: Priority } {
  return isAtLeast(severityOf(priority), severity) ? {} : { priority: priorityOf(severity) }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
