import { groupKeyOf } from '../rule/outcome.ts'
import type { Instant } from '../time/instant.ts'
import type { OpenAlert, OwnIncident, RuleAlertChange, RuleContext, RuleSettlement } from './rule-settlement.ts'
import type { IncidentChange } from './settlement.ts'

/**
 * What the settlements of one rule leave behind for the next one: alerts that fire, its incidents, when it was last told. As the store keeps
 * it, but for people: nobody acknowledges or resolves anything.
 */
export interface RuleLedger {
  open(): readonly OpenAlert[]
  context(): Pick<RuleContext, 'ownIncidents' | 'toldAt'>
  settle(settlement: Pick<RuleSettlement, 'alerts' | 'incident'>, now: Instant): void
}

export function createRuleLedger(): RuleLedger {
  const open = new Map<string, OpenAlert>()
  let ownIncidents: readonly OwnIncident[] = []
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
        const incident = ownIncidents.find(({ id }) => id === alert.incidentId)
        return { ...alert, incidentStatus: incident?.status ?? null }
      }),
    context: () => ({ ownIncidents, toldAt }),
    settle({ alerts, incident }, now) {
      for (const change of alerts) write(change, incident, now)
      ownIncidents = incident === null ? ownIncidents : follow(ownIncidents, incident)
    },
  }
}

/** The last one of each grouping is kept, the newest first. */
function follow(own: readonly OwnIncident[], change: IncidentChange): readonly OwnIncident[] {
  if (change.op !== 'open') return own.map((one) => (one.id === change.id ? turn(one, change) : one))
  const { id, priority, title, startedAt, openedBy } = change
  const grouping = openedBy?.grouping ?? null
  const number = (own[0]?.number ?? 0) + 1
  const begun = { id, priority, title, startedAt, grouping, number, status: 'triggered' as const }
  const others = own.filter((one) => one.grouping !== grouping)
  return [{ ...begun, episode: 0, flapping: false, resolvedAt: null, resolvedBy: null }, ...others]
}

function turn(last: OwnIncident, change: Exclude<IncidentChange, { op: 'open' }>): OwnIncident {
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
