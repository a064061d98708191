import { monitorInGroup } from './monitor-of.ts'
import type { AlertRule } from './rule.ts'
import type { MonitorFacts } from './rule-inputs.ts'

/**
 * Why a group that a rule was split into by monitor is not asked about: the monitor was deleted, or is paused. Its last figures say nothing
 * about now, its silence is no fault, and an alert of it would stay for ever. Null where it is watched, and for groups of anything else.
 */
export function unwatchedReason(
  rule: Pick<AlertRule, 'condition' | 'groupBy'>,
  group: readonly string[],
  monitors: readonly Pick<MonitorFacts, 'key' | 'name' | 'state'>[],
): string | null {
  const key = monitorInGroup(rule, group)
  if (key === null) return null
  const monitor = monitors.find((one) => one.key === key)
  if (monitor === undefined) return `there is no monitor ${key} any more`
  return monitor.state === 'paused' ? `${monitor.name} is paused` : null
}
