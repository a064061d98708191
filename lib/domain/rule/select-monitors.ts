import type { MonitorSelector } from '../monitor/selector.ts'
import type { MonitorFacts } from './rule-inputs.ts'

/** The monitors that a selector means, and the keys that it names in vain. */
export function selectMonitors<Known extends Pick<MonitorFacts, 'key' | 'tags'>>(
  { keys, tag }: MonitorSelector,
  monitors: readonly Known[],
): { found: readonly Known[]; missing: readonly string[] } {
  const known = new Set(monitors.map(({ key }) => key))
  return {
    found: monitors.filter(
      (monitor) => (keys === null || keys.includes(monitor.key)) && (tag === null || monitor.tags.includes(tag)),
    ),
    missing: (keys ?? []).filter((key) => !known.has(key)),
  }
}
