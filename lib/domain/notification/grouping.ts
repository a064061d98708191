import type { OpenIncident } from '../incident/open-incident.ts'
import { lookedAtBy, mayShareSeries } from '../rule/looked-at.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import type { AlertRule } from '../rule/rule.ts'

/** Labels and attributes that name a service: OpenTelemetry's, and the short form. */
const SERVICE = ['service', 'service.name']
const OF_SERVICE = 'service '

/**
 * What an alert of a rule has in common with others that probably have the same cause: the service that it is about, or else the pack that
 * the rule comes from. Null where it stands alone, where it is about one monitor, which says more, and where a
 * certificate ends, which no failure of anything else explains. As `group_by` of Alertmanager, within one project.
 */
export function groupingOf(
  rule: Pick<AlertRule, 'labels' | 'groupBy' | 'condition'>,
  group: readonly string[],
  pack: string | null,
): string | null {
  if (standsAlone(rule, group)) return null
  const { labels, groupBy } = rule
  const service = SERVICE.map((name) => labels[name] ?? group[groupBy.indexOf(name)]).find((value) => value)
  if (service !== undefined) return `${OF_SERVICE}${service}`
  return pack === null ? null : `pack ${pack}`
}

/**
 * Whether an alert that begins soon after an incident has the same cause: they share a grouping, or, while neither is of a known service, the
 * series that they look at. Five guides have five limits for the share of errors.
 */
export function belongsTo(
  incident: Pick<OpenIncident, 'grouping' | 'rules'>,
  rule: Pick<AlertRule, 'labels' | 'groupBy' | 'condition'>,
  group: readonly string[],
  pack: string | null,
): boolean {
  const grouping = groupingOf(rule, group, pack)
  if (grouping !== null && grouping === incident.grouping) return true
  if ([grouping, incident.grouping].some((one) => one?.startsWith(OF_SERVICE))) return false
  if (standsAlone(rule, group)) return false
  const own = lookedAtBy(rule.condition)
  return own !== null && incident.rules.some(({ looksAt }) => looksAt !== null && mayShareSeries(own, looksAt))
}

function standsAlone(rule: Pick<AlertRule, 'groupBy' | 'condition'>, group: readonly string[]): boolean {
  return rule.condition.kind === 'expiry' || monitorOf(rule, group) !== null
}
