import type { MonitorKind } from '../domain/monitor/config.ts'
import { type ShownState, targetOf } from '../domain/monitor/monitor.ts'
import type { Severity } from '../domain/monitor/severity.ts'
import { describeFailure } from '../domain/notification/failure-text.ts'
import type { Evidence } from '../domain/notification/message.ts'
import { wordsOf } from '../domain/notification/text.ts'
import { uptimeOf } from '../domain/rollup/uptime.ts'
import { quantile } from '../domain/series/histogram.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { ListedMonitor, MonitorFigures } from '../ports/monitor-reader.ts'
import { type HourCell, toHourCells } from './hour-cells.ts'

/** One line of the overview and of the list of monitors. */
export interface MonitorLine {
  id: string
  key: string
  name: string
  kind: MonitorKind
  /** Address as people know it. */
  target: string
  severity: Severity
  state: ShownState
  sinceAt: Instant
  isFlapping: boolean
  isManagedByFile: boolean
  tags: string[]
  groupName: string
  lastResultAt: Instant | null
  lastLatencyMs: number | null
  /** Why the last result was not up, as a clause in the reader's language; null when it was. */
  problem: string | null
  cells: HourCell[]
  /** Of 30 days; null when nothing was measured. */
  uptime: number | null
  coverage: number | null
  /** Of 24 hours. */
  p95Ms: number | null
}

const NO_FIGURES: MonitorFigures = { days30: { up: 0, degraded: 0, down: 0, unknown: 0 }, hours: [], latency: null }

/** A listed monitor with its figures, in the reader's language. */
export function toMonitorLine(
  monitor: ListedMonitor,
  figures: MonitorFigures = NO_FIGURES,
  now: Instant,
  locale: Locale,
): MonitorLine {
  const { latency } = figures
  return {
    id: monitor.id,
    key: monitor.key,
    name: monitor.name,
    kind: monitor.kind,
    target: targetOf(monitor),
    severity: monitor.severity,
    state: monitor.state,
    sinceAt: monitor.sinceAt,
    isFlapping: monitor.isFlapping,
    isManagedByFile: monitor.isManagedByFile,
    tags: monitor.tags,
    groupName: monitor.groupName,
    lastResultAt: monitor.lastResultAt,
    lastLatencyMs: monitor.kind === 'heartbeat' ? null : monitor.lastLatencyMs,
    problem: monitor.state === 'paused' ? null : describeProblem(monitor.lastFailure, locale),
    cells: toHourCells(figures.hours, monitor, now),
    ...uptimeOf(figures.days30),
    p95Ms: latency === null || monitor.kind === 'heartbeat' ? null : quantile(latency.histogram, 0.95, latency),
  }
}

/** Why a result was not up, as a clause without full stop: "answered 503". Null for a result that was. */
export function describeProblem(evidence: Evidence | null, locale: Locale): string | null {
  if (evidence === null || evidence.verdict === 'up') return null
  return describeFailure(evidence, wordsOf(locale))
}
