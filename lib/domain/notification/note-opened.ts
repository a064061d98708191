import type { OpenIncident } from '../incident/open-incident.ts'
import { severityOf } from '../monitor/severity.ts'
import { lookedAtBy } from '../rule/looked-at.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { Instant } from '../time/instant.ts'
import { raised } from './join-incident.ts'
import type { OwnIncident, RuleContext, RuleSettlement } from './rule-settlement.ts'

/**
 * The open incidents of a project as the rules after these settlements of a rule must know them: what fires at one evaluation shares one incident and
 * one message, and no channel is told of it twice.
 */
export function noteOpened(
  { key, condition }: Pick<AlertRule, 'key' | 'condition'>,
  settlements: readonly RuleSettlement[],
  { openIncidents, ownIncidents }: Pick<RuleContext, 'openIncidents' | 'ownIncidents'>,
  now: Instant,
): readonly OpenIncident[] {
  return settlements.reduce<readonly OpenIncident[]>((all, { alerts, incident }) => {
    if (incident === null || incident.op === 'resolve') return all
    const known = all.find(({ id }) => id === incident.id) ?? begun(incident, ownIncidents, now)
    if (known === null) return all
    const priority = 'priority' in incident ? incident.priority : undefined
    const changed: OpenIncident = {
      ...known,
      ...(priority === undefined ? {} : raised(known, severityOf(priority))),
      monitorKeys: [...known.monitorKeys, ...alerts.flatMap(monitorKeyOf)],
      rules: [...known.rules, { key, looksAt: lookedAtBy(condition) }],
      toldAt: (incident.notifications ?? []).length > 0 ? now : known.toldAt,
      toldChannelIds: [...known.toldChannelIds, ...(incident.notifications ?? []).map(({ channelId }) => channelId)],
    }
    return [changed, ...all.filter(({ id }) => id !== incident.id)]
  }, openIncidents)
}

function monitorKeyOf(alert: RuleSettlement['alerts'][number]): string[] {
  return 'monitorKey' in alert && alert.monitorKey !== null && alert.level === 'critical' ? [alert.monitorKey] : []
}

function begun(
  incident: NonNullable<RuleSettlement['incident']>,
  own: readonly OwnIncident[],
  now: Instant,
): OpenIncident | null {
  const nothing = { openedAt: now, monitorKeys: [], rules: [], toldChannelIds: [], toldAt: null }
  const last = own.find(({ id }) => id === incident.id)
  if (incident.op === 'reopen' && last !== undefined) {
    const { episode, flapping } = incident
    return { ...last, ...nothing, status: 'triggered', resolvedAt: null, resolvedBy: null, episode, flapping }
  }
  if (incident.op !== 'open') return null
  const { id, title, priority, startedAt, openedBy } = incident
  const facts = { id, number: 0, status: 'triggered' as const, priority, episode: 0, flapping: false, title, startedAt }
  return { ...facts, resolvedAt: null, resolvedBy: null, ...nothing, grouping: openedBy?.grouping ?? null }
}
