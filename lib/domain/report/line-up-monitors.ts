import { uptimeOf } from '../rollup/uptime.ts'
import { quantile } from '../series/histogram.ts'
import { compare, UPTIME } from './compare.ts'
import type { MonitorFigures } from './figures.ts'
import { MONITORS_SHOWN, type MonitorLine } from './weekly-report.ts'

/**
 * The monitors of the week, worst first: by uptime, then errors, then p95, then key, so that equal weeks give equal mails. One that
 * nobody probed stands after those with outages and before the flawless ones: it may be fine, but nobody knows.
 */
export function lineUpMonitors(monitors: readonly MonitorFigures[], before: readonly MonitorFigures[]): MonitorLine[] {
  const uptimesBefore = new Map(before.map(({ key, counts }) => [key, uptimeOf(counts).uptime]))
  return monitors
    .map((monitor): MonitorLine => {
      const { uptime, coverage } = uptimeOf(monitor.counts)
      const { latencyMinMs: minMs, latencyMaxMs: maxMs } = monitor
      return {
        key: monitor.key,
        name: monitor.name,
        uptime: compare(uptime, uptimesBefore.get(monitor.key) ?? null, uptimesBefore.has(monitor.key), UPTIME),
        coverage,
        p95Ms: quantile(monitor.histogram, 0.95, { minMs, maxMs }),
        errors: monitor.counts.down,
      }
    })
    .sort(
      (one, other) =>
        concernOf(one) - concernOf(other) ||
        (one.uptime.value ?? 0) - (other.uptime.value ?? 0) ||
        other.errors - one.errors ||
        (other.p95Ms ?? 0) - (one.p95Ms ?? 0) ||
        (one.key < other.key ? -1 : 1),
    )
    .slice(0, MONITORS_SHOWN)
}

function concernOf({ uptime }: MonitorLine): number {
  if (uptime.value === null) return 1
  return uptime.value < 1 ? 0 : 2
}
