import type { IncidentFacts } from '../incident/decide-incident.ts'
import { groupKeyOf } from '../rule/outcome.ts'
import type { Instant } from '../time/instant.ts'
import type { OpenAlert, RuleAlertChange, RuleContext, RuleSettlement } from './rule-settlement.ts'
import type { IncidentChange } from './settlement.ts'

/**
 * What the settlements of one rule leave behind for the next one: alerts that fire, the last incident, when it was last told. As the store keeps
 * it, but for people: nobody acknowledges or resolves anything.
 */
export interface RuleLedger {
  open(): readonly OpenAlert[]
  context(): Pick<RuleContext, 'lastIncident' | 'toldAt'>
  settle(settlement: Pick<RuleSettlement, 'alerts' | 'incident'>, now: Instant): void
}

export function createRuleLedger(): RuleLedger {
  const open = new Map<string, OpenAlert>()
  let lastIncident: IncidentFacts | null = null
  let toldAt: Instant | null = null

  function write(change: RuleAlertChange, incident: IncidentChange | null, now: Instant): void {
    const before = change.op === 'fire' ? null : [...open.values()].find(({ id }) => id === change.id)
    if (change.op === 'resolve') {
      if (before != null) open.delete(before.groupKey)
      return
    }
    if (change.told) toldAt = now
    const told = change.told ? { toldAt: now } : {}
    if (change.op === 'fire') {
      const { id, group, level, startedAt, muted } = change
      const incidentId = level === 'critical' ? (incident?.id ?? null) : null
      const fired = {
        id,
        groupKey: groupKeyOf(group),
        level,
        startedAt,
        toldAt: null,
        incidentId,
        incidentStatus: null,
      }
      open.set(fired.groupKey, { ...fired, mutedReason: muted?.reason ?? null, ...told })
      return
    }
    if (before == null) return
    const level = change.op === 'change' ? change.level : before.level
    const isJoining = change.op === 'change' && level === 'critical' && incident !== null && incident.op !== 'resolve'
    const joined = isJoining ? { incidentId: incident.id } : {}
    open.set(before.groupKey, { ...before, level, mutedReason: change.muted?.reason ?? null, ...joined, ...told })
  }

  return {
    open: () =>
      [...open.values()].map((alert) => {
        const isOfLast = lastIncident !== null && alert.incidentId === lastIncident.id
        return { ...alert, incidentStatus: isOfLast && lastIncident !== null ? lastIncident.status : null }
      }),
    context: () => ({ lastIncident, toldAt }),
    settle({ alerts, incident }, now) {
      for (const change of alerts) write(change, incident, now)
      lastIncident = incident === null ? lastIncident : follow(lastIncident, incident)
    },
  }
}

function follow(last: IncidentFacts | null, change: IncidentChange): IncidentFacts | null {
  if (change.op === 'open') {
    const { id, priority, title, startedAt } = change
    const begun = { id, priority, title, startedAt, number: (last?.number ?? 0) + 1, status: 'triggered' as const }
    return { ...begun, episode: 0, flapping: false, resolvedAt: null, resolvedBy: null }
  }
  if (last === null || last.id !== change.id) return last
  switch (change.op) {
    case 'reopen': {
      const { episode, flapping } = change
      return { ...last, status: 'triggered', episode, flapping, resolvedAt: null, resolvedBy: null }
    }
    case 'flap':
      return { ...last, flapping: true }
    case 'continue':
      return last
    case 'resolve':
      return { ...last, status: 'resolved', flapping: false, resolvedAt: change.at, resolvedBy: 'system' }
  }
}
