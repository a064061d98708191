import type { AlertRule } from '../rule/rule.ts'

/** Labels and attributes that name a service: OpenTelemetry's, and the short form. */
const SERVICE = ['service', 'service.name']

/**
 * What an alert of a rule has in common with others that probably have the same cause: the service that it is about, or else the pack that
 * the rule comes from. Null where it stands alone. As `group_by` of Alertmanager, within one project.
 */
export function groupingOf(
  { labels, groupBy }: Pick<AlertRule, 'labels' | 'groupBy'>,
  group: readonly string[],
  pack: string | null,
): string | null {
  const service = SERVICE.map((name) => labels[name] ?? group[groupBy.indexOf(name)]).find((value) => value)
  if (service !== undefined) return `service ${service}`
  return pack === null ? null : `pack ${pack}`
}
