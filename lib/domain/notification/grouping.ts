import type { OpenIncident } from '../incident/open-incident.ts'
import { valuesKeyOf } from '../mute/matcher.ts'
import { labelsOfRule } from '../mute/rule-labels.ts'
import { lookedAtBy, mayShareSeries } from '../rule/looked-at.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import { groupKeyOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'

/** Labels and attributes that name a service: OpenTelemetry's, and the short form. */
const SERVICE = ['service', 'service.name']
/** What groupings begin with that say what belongs together: what else alerts have in common counts for nothing beside them. */
const OF_SERVICE = 'service '
const CHOSEN = 'by '
const ALONE = 'alone '

/** What of a rule decides which incident an alert of it belongs to. */
export type GroupedRule = Pick<AlertRule, 'key' | 'labels' | 'severity' | 'groupBy' | 'condition' | 'incidentBy'>

/**
 * What an alert of a rule has in common with others that probably have the same cause: what its people say that incidents are grouped by, or
 * else the service that it is about, or else the pack that the rule comes from. Null where it stands alone, where it is about one monitor,
 * which says more, and where a certificate ends, which no failure of anything else explains. As `group_by` of Alertmanager, within one project.
 */
export function groupingOf(rule: GroupedRule, group: readonly string[], pack: string | null): string | null {
  if (monitorOf(rule, group) !== null) return null
  if (rule.incidentBy !== null) return chosenGrouping(rule, rule.incidentBy, group)
  if (standsAlone(rule, group)) return null
  const { labels, groupBy } = rule
  const service = SERVICE.map((name) => labels[name] ?? group[groupBy.indexOf(name)]).find((value) => value)
  if (service !== undefined) return `${OF_SERVICE}${service}`
  return pack === null ? null : `pack ${pack}`
}

/** The names are part of it: what is grouped by region shares nothing with what is grouped by service and region. */
function chosenGrouping(rule: GroupedRule, incidentBy: readonly string[], group: readonly string[]): string {
  if (incidentBy.length === 0) return `${ALONE}${rule.key} ${groupKeyOf(group)}`
  const names = [...new Set(incidentBy)].toSorted()
  return `${CHOSEN}${JSON.stringify(names)} ${valuesKeyOf(names, labelsOfRule(rule, group, 'critical'))}`
}

/**
 * Whether an alert that begins soon after an incident has the same cause: they share a grouping, or, while nobody has said what they are grouped
 * by and neither is of a known service, the series that they look at. Five guides have five limits for the share of errors.
 */
export function belongsTo(
  incident: Pick<OpenIncident, 'grouping' | 'rules'>,
  rule: GroupedRule,
  group: readonly string[],
  pack: string | null,
): boolean {
  const grouping = groupingOf(rule, group, pack)
  if (grouping !== null && grouping === incident.grouping) return true
  if ([grouping, incident.grouping].some(saysAll) || standsAlone(rule, group)) return false
  const own = lookedAtBy(rule.condition)
  return own !== null && incident.rules.some(({ looksAt }) => looksAt !== null && mayShareSeries(own, looksAt))
}

function saysAll(grouping: string | null): boolean {
  return [OF_SERVICE, CHOSEN, ALONE].some((begin) => grouping?.startsWith(begin))
}

function standsAlone(rule: Pick<AlertRule, 'groupBy' | 'condition'>, group: readonly string[]): boolean {
  return rule.condition.kind === 'expiry' || monitorOf(rule, group) !== null
}
