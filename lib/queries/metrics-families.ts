import { type ShownState, shownState } from '../domain/monitor/monitor.ts'
import { uptimeOf } from '../domain/rollup/uptime.ts'
import { type Instant, SECOND } from '../domain/time/instant.ts'
import type { ApiMonitor } from '../ports/api-store.ts'
import type { ProjectFigures } from '../ports/figures-store.ts'
import type { MetricFamily, MetricSample } from './metrics-text.ts'

const STATES: readonly ShownState[] = ['up', 'degraded', 'down', 'unknown', 'pending', 'maintenance', 'paused']
const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const

export interface MetricsSource {
  projectSlug: string
  version: string
  now: Instant
  monitors: readonly ApiMonitor[]
  figures: ProjectFigures
}

/** Vigie's own figures about one project. Names, labels and their meaning are a public interface. */
export function metricFamilies(source: MetricsSource): MetricFamily[] {
  return [...monitorFamilies(source), ...alarmFamilies(source)]
}

function monitorFamilies({ projectSlug: project, now, monitors }: MetricsSource): MetricFamily[] {
  /** A sample for each monitor that has the value: what is not known has none, because 0 would be a claim. */
  const each = (value: (monitor: ApiMonitor) => number | null): MetricSample[] =>
    monitors.flatMap((monitor) => {
      const known = value(monitor)
      return known === null ? [] : [{ labels: { project, monitor: monitor.key }, value: known }]
    })
  const stateOf = (monitor: ApiMonitor) => shownState(monitor.state, monitor, monitor.lastResultAt, now)
  return [
    {
      name: 'vigie_monitor',
      type: 'info',
      help: 'What is watched: one line a monitor, to be joined by its label monitor.',
      samples: monitors.map(({ key: monitor, name, kind, severity, groupName }) => ({
        labels: { project, monitor, name, kind, severity, group: groupName },
        value: 1,
      })),
    },
    {
      name: 'vigie_monitor_up',
      type: 'gauge',
      help: 'Whether the target answered: 1 for up and degraded, 0 for down. Absent while that is not known.',
      samples: each((monitor) => UP[stateOf(monitor)] ?? null),
    },
    {
      name: 'vigie_monitor_state',
      type: 'stateset',
      help: 'The state of a monitor as its page shows it: 1 for the one that it is in.',
      samples: monitors.flatMap((monitor) => {
        const state = stateOf(monitor)
        return STATES.map((one) => ({
          labels: { project, monitor: monitor.key, vigie_monitor_state: one },
          value: one === state ? 1 : 0,
        }))
      }),
    },
    seconds('vigie_monitor_latency_seconds', 'How long the last answer took.', [
      // A ping answers nothing, so that nothing was slow or fast.
      ...each(({ kind, lastLatencyMs }) => (kind === 'heartbeat' ? null : inSeconds(lastLatencyMs))),
    ]),
    seconds('vigie_monitor_last_result_timestamp_seconds', 'When the last result came, since 1970.', [
      ...each(({ lastResultAt }) => inSeconds(lastResultAt)),
    ]),
    seconds(
      'vigie_monitor_certificate_expiry_timestamp_seconds',
      'When the certificate of the target ends, since 1970.',
      [...each(({ certificateExpiresAt }) => inSeconds(certificateExpiresAt))],
    ),
    {
      name: 'vigie_monitor_uptime_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'Share of the probed slots of the last 30 days in which the target answered. Unknown slots are left out.',
      samples: each(({ days30 }) => uptimeOf(days30).uptime),
    },
    {
      name: 'vigie_monitor_coverage_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'Share of the slots of the last 30 days that were probed at all.',
      samples: each(({ days30 }) => uptimeOf(days30).coverage),
    },
  ]
}

const UP: Partial<Record<ShownState, number>> = { up: 1, degraded: 1, down: 0 }

function alarmFamilies({ projectSlug: project, version, figures }: MetricsSource): MetricFamily[] {
  const { now, openIncidents, deliveries, oldestPendingAt, tickSucceededAt, ingest } = figures
  const one = (value: number): MetricSample[] => [{ labels: { project }, value }]
  return [
    {
      name: 'vigie_incidents_open',
      type: 'gauge',
      help: 'Incidents that are not resolved, by priority.',
      samples: PRIORITIES.map((priority) => ({ labels: { project, priority }, value: openIncidents[priority] ?? 0 })),
    },
    {
      name: 'vigie_deliveries',
      type: 'counter',
      help: 'Finished attempts to deliver a message, by outcome.',
      samples: Object.entries(deliveries).map(([outcome, value]) => ({ labels: { project, outcome }, value })),
    },
    {
      name: 'vigie_notifications_pending',
      type: 'gauge',
      help: 'Messages that wait to be delivered.',
      samples: one(figures.pendingNotifications),
    },
    seconds(
      'vigie_notifications_oldest_pending_seconds',
      'How long the message that waits longest has waited; 0 when none waits.',
      one(oldestPendingAt === null ? 0 : Math.max(0, (now - oldestPendingAt) / SECOND)),
    ),
    {
      name: 'vigie_notifications_dead',
      type: 'gauge',
      help: 'Messages that were given up, and that nobody has sent again.',
      samples: one(figures.deadNotifications),
    },
    seconds(
      'vigie_tick_age_seconds',
      'How long ago the scheduler last did its work; it runs every minute. Absent before the first time.',
      tickSucceededAt === null ? [] : one(Math.max(0, (now - tickSucceededAt) / SECOND)),
    ),
    {
      name: 'vigie_ingest_accepted',
      type: 'counter',
      help: 'Samples and lines that were taken since midnight UTC, by the way they came.',
      samples: ingest
        .filter(({ code }) => code === '')
        .map(({ source, count }) => ({ labels: { project, source }, value: count })),
    },
    {
      name: 'vigie_ingest_rejected',
      type: 'counter',
      help: 'Samples, lines and bodies that were not taken since midnight UTC, by the way they came and the reason.',
      samples: ingest
        .filter(({ code }) => code !== '')
        .map(({ source, code, count }) => ({ labels: { project, source, code }, value: count })),
    },
    { name: 'vigie_build', type: 'info', help: 'The version that runs.', samples: [{ labels: { version }, value: 1 }] },
  ]
}

function seconds(name: string, help: string, samples: readonly MetricSample[]): MetricFamily {
  return { name, type: 'gauge', unit: 'seconds', help, samples }
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / SECOND
}
