import type { Level } from '../rule/condition.ts'
import { monitorInGroup, monitorOf } from '../rule/monitor-of.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { Labels } from './matcher.ts'

/**
 * What an alert of a rule and group is called by, for silences: its own labels, the monitor that it looks at, the values that split it, `rule`,
 * `alert` and `severity`.
 */
export function labelsOfRule(
  rule: Pick<AlertRule, 'key' | 'labels' | 'severity' | 'groupBy' | 'condition'>,
  group: readonly string[],
  level: Level,
): Labels {
  const values = Object.fromEntries(rule.groupBy.flatMap((name, index) => (group[index] ? [[name, group[index]]] : [])))
  // A certificate belongs to a monitor, though its end has nothing to do with how that answers.
  const monitor = monitorOf(rule, group) ?? monitorInGroup(rule, group)
  return {
    ...rule.labels,
    ...(monitor === null ? {} : { monitor }),
    ...values,
    rule: rule.key,
    alert: level,
    severity: rule.severity[level],
  }
}
