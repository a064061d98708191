import type { Flapping } from '../alert/flapping.ts'
import { decideIncident, type IncidentDecision, type IncidentMove } from '../incident/decide-incident.ts'
import { RULE_WORDS } from '../incident/incident-words.ts'
import { priorityOf } from '../monitor/severity.ts'
import { type Instant, MINUTE, SECOND } from '../time/instant.ts'
import { composeNotifications, explainRoutes } from './compose.ts'
import { groupingOf } from './grouping.ts'
import { nameGroup } from './rule-message.ts'
import { patchOf, type RuleChange, type RuleFacts, requestOf, type Told } from './rule-request.ts'
import type { IncidentChange, TimelineEntry } from './settlement.ts'
import { decideThrottle } from './throttle.ts'

/** Rules are evaluated once a minute. */
const INTERVAL_SECONDS = MINUTE / SECOND

/** What the critical alerts of a rule do to its incident, and whether that is told. */
export function changeRuleIncident(facts: RuleFacts): Told & { incident: IncidentChange | null } {
  const { changes, open, context, environment } = facts
  const entering = changes.filter(({ from, to, mute }) => to === 'critical' && from !== 'critical' && !mute.muted)
  const leaving = changes.filter(({ from, to }) => from === 'critical' && to !== 'critical')
  const stays = open.some(
    ({ level, id, mutedReason, incidentId }) =>
      level === 'critical' &&
      mutedReason === null &&
      incidentId === context.lastIncident?.id &&
      !leaving.some((change) => change.open?.id === id),
  )
  const move = moveOf(changes, entering, leaving, stays)
  const decision: IncidentDecision =
    move === null
      ? { op: 'none' }
      : decideIncident(move, context.lastIncident, environment.now, INTERVAL_SECONDS, false, RULE_WORDS)
  const events = [...entering, ...leaving].map((change) => describeChange(change, facts))
  switch (decision.op) {
    case 'open':
    case 'reopen':
      return beginIncident(decision, entering, events, facts)
    case 'continue':
      return {
        incident: {
          op: decision.flapping ? 'flap' : 'continue',
          id: decision.incident.id,
          events: events.map((line) => ({ ...line, message: `${line.message} ${capitalise(decision.reason)}.` })),
        },
        told: false,
        toldReason: decision.reason,
      }
    case 'resolve':
      return {
        incident: endIncident(decision, leaving, events, facts),
        told: false,
        toldReason: decision.reason,
      }
    case 'none':
      return { incident: shrinkIncident(events, stays, facts), told: false, toldReason: '' }
  }
}

/** The move of the rule as a whole; null where none of it concerns an incident, or where other groups stay critical. */
function moveOf(
  changes: readonly RuleChange[],
  entering: readonly RuleChange[],
  leaving: readonly RuleChange[],
  stays: boolean,
): IncidentMove | null {
  if (entering.length > 0) {
    return { from: 'up', to: 'down', turned: 'worse', flapping: worstFlapping(entering) }
  }
  if (stays) return null
  if (leaving.length > 0) {
    const to = leaving.some((change) => change.to === 'warning') ? 'degraded' : 'up'
    return { from: 'down', to, turned: 'better', flapping: worstFlapping(leaving) }
  }
  const isStable = changes.some(({ flapping }) => flapping === 'stabilised')
  return isStable ? { from: 'up', to: 'up', turned: null, flapping: 'stabilised' } : null
}

function worstFlapping(changes: readonly RuleChange[]): Flapping {
  if (changes.some(({ flapping }) => flapping === 'started')) return 'started'
  return changes.some(({ flapping }) => flapping === 'ongoing') ? 'ongoing' : 'none'
}

/** One of several groups is well again, and the incident goes on without it. */
function shrinkIncident(events: TimelineEntry[], stays: boolean, { context }: RuleFacts): IncidentChange | null {
  const { lastIncident } = context
  if (!stays || events.length === 0 || lastIncident === null || lastIncident.status === 'resolved') return null
  return { op: 'continue', id: lastIncident.id, events }
}

function beginIncident(
  decision: Extract<IncidentDecision, { op: 'open' | 'reopen' }>,
  entering: readonly RuleChange[],
  lines: TimelineEntry[],
  facts: RuleFacts,
): Told & { incident: IncidentChange | null } {
  const { rule, context, environment } = facts
  const { now } = environment
  const [first] = entering
  if (first === undefined) return { incident: null, told: false, toldReason: '' }
  const id = decision.op === 'reopen' ? decision.incident.id : environment.newId()
  const title = decision.op === 'reopen' ? decision.incident.title : titleOf(rule.name, entering)
  const episode = decision.op === 'reopen' ? decision.episode : 0
  const startedAt = Math.min(...entering.map((change) => change.startedAt))
  const throttle = decideThrottle(rule.throttleMs, context.toldAt, now)
  const { notifications, routes } = composeNotifications({
    ...requestOf(first, 'critical', facts),
    kind: 'incident.triggered',
    reason: first.reason,
    startedAt: decision.op === 'reopen' ? decision.incident.startedAt : startedAt,
    incident: { id, title, episode, flapping: decision.flapping },
    subjectId: id,
  })
  const told = throttle === null && notifications.length > 0
  const events = [
    {
      ...entry(now, decision.op === 'open' ? 'opened' : 'reopened', `${capitalise(decision.reason)}.`),
      details: { rule: rule.name },
    },
    ...lines,
    ...(throttle === null ? explainRoutes(routes, context, now) : [entry(now, 'throttled', throttle)]),
  ]
  const shared = { id, reason: first.reason, events, notifications: throttle === null ? notifications : [] }
  const incident: IncidentChange =
    decision.op === 'open'
      ? {
          ...shared,
          op: 'open',
          title,
          priority: priorityOf(rule.severity.critical),
          groupKey: null,
          openedBy: { ruleId: rule.id, grouping: groupingOf(rule, first.group, context.pack) },
          startedAt,
        }
      : { ...shared, op: 'reopen', episode, flapping: decision.flapping }
  return { incident, told, toldReason: throttle ?? decision.reason }
}

function endIncident(
  { incident, reason }: Extract<IncidentDecision, { op: 'resolve' }>,
  leaving: readonly RuleChange[],
  events: TimelineEntry[],
  facts: RuleFacts,
): IncidentChange {
  const { rule, environment } = facts
  const stillWarns = leaving.find(({ to }) => to === 'warning')
  const told = stillWarns ?? leaving[0]
  return {
    op: 'resolve',
    id: incident.id,
    at: environment.now,
    reason: `${rule.name} ${reason}`,
    state: stillWarns === undefined ? 'up' : 'degraded',
    evidence: [],
    rule: told === undefined ? { level: null } : patchOf(told, facts),
    events,
  }
}

/** A line of the timeline. */
export function describeChange(change: RuleChange, { rule, environment }: RuleFacts): TimelineEntry {
  const name = nameGroup(change.group)
  const subject = name === '' ? rule.name : `${rule.name} (${name})`
  const kind = change.to === 'critical' ? 'alert_fired' : change.to === 'warning' ? 'alert_eased' : 'alert_resolved'
  return { ...entry(environment.now, kind, `${subject}: ${change.reason}.`), details: { rule: subject } }
}

function titleOf(name: string, entering: readonly RuleChange[]): string {
  if (entering.length > 1) return `${name} is critical in ${entering.length} groups`
  const group = nameGroup(entering[0]?.group ?? [])
  return group === '' ? `${name} is critical` : `${name} is critical: ${group}`
}

function entry(at: Instant, kind: string, message: string): TimelineEntry {
  return { at, kind, message }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
