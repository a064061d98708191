import type { OpenIncident } from '../incident/open-incident.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import { groupOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { Instant } from '../time/instant.ts'
import { composeNotifications } from './compose.ts'
import { decideGroupNotification, type GroupTiming } from './group.ts'
import { nextGroupRunAt } from './group-run.ts'
import { type RuleSubject, requestOf } from './rule-request.ts'
import type { OpenAlert, RuleContext, RuleSettlement } from './rule-settlement.ts'
import type { SettleEnvironment } from './settle.ts'
import type { NewNotification } from './settlement.ts'
import { GROUP_INTERVAL_MS } from './split-rule.ts'

/** An evaluation looks at a whole minute at once: that is what alerts of one cause are waited for. Rules repeat by themselves. */
const TIMING: GroupTiming = { groupWaitMs: 0, groupIntervalMs: GROUP_INTERVAL_MS, repeatMs: 0, sendResolved: false }

/** An alert that joined an incident of related rules, of which nobody has been told yet. */
export interface WaitingAlert {
  subject: RuleSubject
  alert: OpenAlert
}

/** Whether an alert waits to be told. What is about a monitor does not: its incident says more than it could. */
export function isWaiting(rule: Pick<AlertRule, 'condition' | 'groupBy'>, alert: OpenAlert): boolean {
  const { level, toldAt, mutedReason, incidentStatus, groupKey } = alert
  const isUntold = level === 'critical' && toldAt === null && mutedReason === null && incidentStatus === 'triggered'
  return isUntold && monitorOf(rule, groupOf(groupKey)) === null
}

/**
 * One message for all that joined an incident since it was last told, a group interval after that at the earliest, as Alertmanager's groups
 * have it: the incident is the group. An incident that somebody has acknowledged is worked on, and its timeline says what joined.
 */
export function tellMore(
  host: OpenIncident,
  waiting: readonly WaitingAlert[],
  context: RuleContext,
  environment: SettleEnvironment,
): RuleSettlement[] {
  const { now } = environment
  if (host.toldAt === null || !isDue(host, host.toldAt, now)) return []
  const ids = waiting.map(({ alert }) => alert.id)
  const entry = { firing: [host.id], resolved: [], notifiedAt: host.toldAt }
  const decision = decideGroupNotification(entry, { firing: [host.id, ...ids], resolved: [] }, now, TIMING)
  if (!decision.notify) return []
  const messages = composeOnce(host, waiting, context, environment)
  const events = [{ at: now, kind: 'told_more', message: `Told: ${decision.reason}.` }]
  const told = { told: true, toldReason: decision.reason, notifications: [], muted: null }
  return waiting.map(({ subject, alert }, index) => ({
    ruleId: subject.rule.id,
    alerts: [{ op: 'repeat', id: alert.id, ...told }],
    incident: index === 0 ? { op: 'continue', id: host.id, events, notifications: messages } : null,
  }))
}

function isDue({ openedAt, startedAt }: OpenIncident, toldAt: Instant, now: Instant): boolean {
  return nextGroupRunAt({ createdAt: openedAt, firstStartedAt: startedAt, lastRunAt: toldAt }, TIMING) <= now
}

/** Each channel hears of the first alert that goes to it, with the names of the other rules. */
function composeOnce(
  host: OpenIncident,
  waiting: readonly WaitingAlert[],
  context: RuleContext,
  environment: SettleEnvironment,
): NewNotification[] {
  const { id, title, episode, flapping, startedAt } = host
  const byChannel = new Map<string, NewNotification>()
  for (const { subject, alert } of waiting) {
    const group = groupOf(alert.groupKey)
    const outcome = subject.outcomes.get(alert.groupKey) ?? null
    const facts = { ...subject, changes: [], context, environment }
    const request = requestOf({ group, outcome, startedAt: alert.startedAt }, 'critical', facts)
    const otherRules = waiting.flatMap((other) => (other.alert === alert ? [] : [other.subject.rule.name]))
    const { notifications } = composeNotifications({
      ...request,
      rule: { ...request.rule, message: { ...request.rule.message, otherRules } },
      kind: 'incident.triggered',
      reason: outcome?.reason ?? 'fires',
      startedAt,
      incident: { id, title, episode, flapping },
      subjectId: id,
      repetition: alert.id,
    })
    for (const one of notifications) if (!byChannel.has(one.channelId)) byChannel.set(one.channelId, one)
  }
  return [...byChannel.values()]
}
