import { joinBlocks } from '../domain/alert/stored-columns.ts'
import type { MonitorFacts } from '../domain/rule/rule-inputs.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { StoredMetric } from '../ports/rule-reader.ts'

/**
 * Monitors as they were at moments that only move forward, from their stored probes. Of a minute with both, failures come first: several
 * probes a minute are told apart no further. A rule is evaluated twenty seconds after its minute: a single probe of the minute that has just
 * begun had been made by then.
 */
export function replayMonitors(
  monitors: readonly MonitorFacts[],
  probes: StoredMetric | null,
): (at: Instant) => readonly MonitorFacts[] {
  if (probes === null) return () => monitors
  const minutesOf = new Map(probes.lines.map(({ group, minutes }) => [group[0] ?? '', minutes]))
  const replayed = monitors.map((monitor) => ({
    minutes: minutesOf.get(monitor.key) ?? joinBlocks('gauge', []),
    next: 0,
    facts: { ...monitor, failedInARow: 0, lastProbedAt: null as Instant | null, state: 'up' as MonitorFacts['state'] },
  }))
  return (at) => {
    for (const one of replayed) {
      const { minutes } = one
      for (
        let probedAt = minutes.at[one.next];
        probedAt !== undefined && (probedAt < at || (probedAt === at && minutes.count[one.next] === 1));
        probedAt = minutes.at[one.next]
      ) {
        const [count, sum] = [minutes.count[one.next] ?? 0, minutes.sum[one.next] ?? 0]
        const failedInARow = sum > 0 ? 0 : one.facts.failedInARow + count
        one.facts = { ...one.facts, failedInARow, lastProbedAt: probedAt, state: sum > 0 ? 'up' : 'down' }
        one.next += 1
      }
    }
    return replayed.map(({ facts }) => facts)
  }
}
