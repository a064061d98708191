import type { OpenIncident } from '../incident/open-incident.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import { lookedAtRules } from '../rule/order.ts'
import { type Instant, MINUTE } from '../time/instant.ts'
import { belongsTo } from './grouping.ts'
import type { MutableChange } from './mute-rule.ts'
import type { RuleSubject } from './rule-request.ts'
import type { IncidentContext, OpenAlert } from './rule-settlement.ts'

/** Alertmanager's group interval: alerts of one grouping that begin within it of the first are told as one incident. */
export const GROUP_INTERVAL_MS = 5 * MINUTE

/** What of a rule concerns one incident. */
export interface RulePart {
  /** An incident that is not the rule's own; null for the rest, which is. */
  host: OpenIncident | null
  changes: MutableChange[]
  open: OpenAlert[]
}

/**
 * Sorts the alerts of a rule by the incident that they belong to: the open incident of the monitor that an alert is about, or else the
 * rule's own, or else that of a rule which a composite looks at, or one that has just begun for something that belongs together with it. The
 * rule's own part comes first.
 */
export function splitRule(
  subject: RuleSubject,
  changes: readonly MutableChange[],
  context: IncidentContext,
  now: Instant,
): RulePart[] {
  const own: RulePart = { host: null, changes: [], open: [] }
  const hosted = new Map<string, RulePart>()
  const partOf = (host: OpenIncident | null): RulePart => {
    if (host === null) return own
    const part = hosted.get(host.id) ?? { host, changes: [], open: [] }
    hosted.set(host.id, part)
    return part
  }
  const changed = new Map<string, RulePart>()
  for (const change of changes) {
    const part = partOf(hostOfChange(change, subject, context, now))
    part.changes.push(change)
    if (change.open !== null) changed.set(change.open.id, part)
  }
  for (const alert of subject.open) {
    const part = changed.get(alert.id) ?? partOf(isPartOf(alert) ? findHost(alert.incidentId, context) : null)
    part.open.push(alert)
  }
  return [own, ...hosted.values()]
}

function hostOfChange(
  { from, to, mute, group, open }: MutableChange,
  { rule }: RuleSubject,
  context: IncidentContext,
  now: Instant,
): OpenIncident | null {
  if (from === 'critical') return findHost(open?.incidentId ?? null, context)
  if (to !== 'critical' || mute.muted) return null
  const { lastIncident, openIncidents } = context
  const key = monitorOf(rule, group)
  const about = openIncidents.find(({ monitorKeys }) => key !== null && monitorKeys.includes(key))
  if (about !== undefined) return about.id === lastIncident?.id ? null : about
  if (lastIncident !== null && lastIncident.status !== 'resolved') return null
  // A composite fires because these do, and has nothing of its own to tell whoever has heard of them; its people may see that differently.
  const parts = rule.incidentBy === null ? lookedAtRules(rule) : []
  const ofPart = openIncidents.find(({ rules }) => rules.some(({ key: one }) => parts.includes(one)))
  if (ofPart !== undefined) return ofPart
  const related = openIncidents.find(
    (incident) => now - incident.openedAt < GROUP_INTERVAL_MS && belongsTo(incident, rule, group, context.pack),
  )
  return related ?? null
}

function isPartOf({ level, mutedReason, incidentStatus }: OpenAlert): boolean {
  return level === 'critical' && mutedReason === null && incidentStatus !== 'resolved'
}

function findHost(incidentId: string | null, { lastIncident, openIncidents }: IncidentContext): OpenIncident | null {
  if (incidentId === null || incidentId === lastIncident?.id) return null
  return openIncidents.find(({ id }) => id === incidentId) ?? null
}
