import { monitorOf } from '../rule/monitor-of.ts'
import type { AlertRule } from '../rule/rule.ts'

/** Labels and attributes that name a service: OpenTelemetry's, and the short form. */
const SERVICE = ['service', 'service.name']

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
  if (rule.condition.kind === 'expiry' || monitorOf(rule, group) !== null) return null
  const { labels, groupBy } = rule
  const service = SERVICE.map((name) => labels[name] ?? group[groupBy.indexOf(name)]).find((value) => value)
  if (service !== undefined) return `service ${service}`
  return pack === null ? null : `pack ${pack}`
}
