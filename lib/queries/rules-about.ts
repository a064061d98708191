import type { RuleCondition } from '../domain/rule/condition.ts'
import { isMetBy } from '../domain/rule/looked-at.ts'
import type { AlertRule } from '../domain/rule/rule.ts'
import { selectMonitors } from '../domain/rule/select-monitors.ts'
import type { Term } from '../domain/series/panel.ts'

/** The rules that look at a monitor: by its name, its tag, or at all of them. */
export function rulesAboutMonitor(
  rules: readonly AlertRule[],
  monitor: { key: string; tags: readonly string[] },
): AlertRule[] {
  return rules.filter(({ condition }) => isAbout(condition, monitor))
}

function isAbout(condition: RuleCondition, monitor: { key: string; tags: readonly string[] }): boolean {
  switch (condition.kind) {
    case 'consecutive_failures':
    case 'expiry':
      return selectMonitors(condition.monitors, [monitor]).found.length > 0
    case 'absence':
      return asks(condition.term, monitor.key)
    case 'threshold':
    case 'baseline':
    case 'anomaly':
      return asks(condition.source.of, monitor.key)
    default:
      return false
  }
}

/** What probes measured, of this monitor or without saying of which. */
function asks({ metric, where }: Term, key: string): boolean {
  if (!metric.startsWith('probe.')) return false
  const of = where?.monitor
  if (of === undefined) return true
  return of !== null && isMetBy(of, key)
}
