import type { MonitorSelector } from '../monitor/selector.ts'
import type { MonitorFacts } from './rule-inputs.ts'

/** The monitors that a selector means, and the keys that it names in vain. */
export function selectMonitors(
  { keys, tag }: MonitorSelector,
  monitors: readonly MonitorFacts[],
): { found: readonly MonitorFacts[]; missing: readonly string[] } {
  const known = new Set(monitors.map(({ key }) => key))
  return {
    found: monitors.filter(
      (monitor) => (keys === null || keys.includes(monitor.key)) && (tag === null || monitor.tags.includes(tag)),
    ),
    missing: (keys ?? []).filter((key) => !known.has(key)),
  }
}
