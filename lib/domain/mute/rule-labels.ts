import type { Level } from '../rule/condition.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { Labels } from './matcher.ts'

/** Groups of these kinds are monitors, though their rules split by nothing. */
const BY_MONITOR: readonly string[] = ['consecutive_failures', 'expiry', 'burn_rate']

/**
 * What an alert of a rule and group is called by, for silences: its own labels, the monitor that it looks at, the values that split it, `rule`,
 * `alert` and `severity`.
 */
export function labelsOfRule(
  rule: Pick<AlertRule, 'key' | 'labels' | 'severity' | 'groupBy' | 'condition'>,
  group: readonly string[],
  level: Level,
): Labels {
  const names = BY_MONITOR.includes(rule.condition.kind) ? ['monitor'] : rule.groupBy
  const values = Object.fromEntries(names.flatMap((name, index) => (group[index] ? [[name, group[index]]] : [])))
  const monitor = monitorOf(rule, group)
  return {
    ...rule.labels,
    ...(monitor === null ? {} : { monitor }),
    ...values,
    rule: rule.key,
    alert: level,
    severity: rule.severity[level],
  }
}
