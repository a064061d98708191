import type { MonitorKind, MonitorTarget } from '../domain/monitor/config.ts'
import type { Monitor, ShownState } from '../domain/monitor/monitor.ts'
import type { Priority, Severity } from '../domain/monitor/severity.ts'
import type { ChannelKind } from '../domain/notification/channel.ts'
import type { Evidence } from '../domain/notification/message.ts'
import type { Phases, ProbeOutcome, Verdict } from '../domain/probe/outcome.ts'
import type { Counts } from '../domain/rollup/uptime.ts'
import type { Histogram } from '../domain/series/histogram.ts'
import type { Instant } from '../domain/time/instant.ts'

/** Filters of the list; null asks for all. */
export interface MonitorFilter {
  state: ShownState | null
  kind: MonitorKind | null
  tag: string | null
  group: string | null
  search: string | null
}

/** Where a page of the list begins: behind the last monitor of the page before. */
export interface MonitorCursor {
  rank: number
  name: string
  id: string
}

export type ListedMonitor = MonitorTarget & {
  id: string
  key: string
  name: string
  severity: Severity
  intervalSeconds: number
  tags: string[]
  groupName: string
  isManagedByFile: boolean
  state: ShownState
  sinceAt: Instant
  createdAt: Instant
  lastResultAt: Instant | null
  lastLatencyMs: number | null
  /** The last result when it was not up. */
  lastFailure: Evidence | null
  isFlapping: boolean
  rank: number
}

export interface MonitorFigures {
  days30: Counts
  /** Hours that have results, oldest first, of the last 24. */
  hours: (Counts & { at: Instant; p95Ms: number | null })[]
  /** Latency of the last 24 hours. */
  latency: LatencyDistribution | null
}

export interface LatencyDistribution {
  histogram: Histogram
  minMs: number | null
  maxMs: number | null
}

export interface OverviewFacts {
  now: Instant
  /** How many monitors show each state; a state that none shows is absent. */
  states: Partial<Record<ShownState, number>>
  downSince: Instant | null
  openIncidents: {
    id: string
    number: number
    title: string
    priority: Priority
    status: 'triggered' | 'acknowledged'
    reason: string
    isFlapping: boolean
    startedAt: Instant
    acknowledgedAt: Instant | null
    acknowledgedBy: string | null
  }[]
  deadNotifications: number
  /** Channels that are switched on. */
  channels: number
  hasDelivered: boolean
}

export interface MonitorDetail {
  now: Instant
  monitor: Monitor
  hasSecret: boolean
  isManagedByFile: boolean
  createdAt: Instant
  /** Stands in the heartbeat address that names the monitor by its key. */
  pingKey: string
  storedState: 'pending' | Verdict
  sinceAt: Instant
  lastResultAt: Instant | null
  lastOutcome: ProbeOutcome | null
  isFlapping: boolean
  nextDueAt: Instant | null
  certificateExpiresAt: Instant | null
  lastPingAt: Instant | null
  /** Channels that the monitor names itself; none means routing by severity. */
  channels: { id: string; key: string; name: string; kind: ChannelKind; enabled: boolean }[]
  openIncident: {
    number: number
    title: string
    status: 'triggered' | 'acknowledged'
    priority: Priority
    startedAt: Instant
  } | null
}

export const SERIES_RANGES = ['24h', '7d', '30d', '90d'] as const
export type SeriesRange = (typeof SERIES_RANGES)[number]

/** One bucket: five minutes of 24h, an hour of 7d and 30d, a UTC day of 90d. */
export interface SeriesPoint extends Counts {
  at: Instant
  /** Failed at first, fine when looked at again; counted for 24h alone. */
  blips: number
  p50Ms: number | null
  p95Ms: number | null
  /** Mean of each phase over the answers of the bucket. */
  phases: Phases
}

export interface MonitorAlert {
  id: string
  kind: 'down' | 'degraded'
  reason: string
  evidence: Evidence[]
  startedAt: Instant
  resolvedAt: Instant | null
  /** Why nobody was told when it began; null where somebody was. */
  mutedReason: string | null
  /** When it was told after all. */
  unmutedAt: Instant | null
  incident: { number: number; priority: Priority } | null
}

/** What a region saw of a slot. */
export interface RegionResult {
  slotAt: Instant
  region: string
  verdict: Verdict | 'unknown'
  latencyMs: number | null
  cause: string | null
  /** Why it is not up, or could not tell, in English; null where it is up. */
  message: string | null
}

/** One region of a monitor: its newest results, and its figures over a range. */
export interface RegionFacts {
  region: string
  last: Omit<RegionResult, 'region'> | null
  lastFailure: Omit<RegionResult, 'region'> | null
  counts: Counts
  latency: LatencyDistribution | null
}

export interface MonitorSeries {
  now: Instant
  fromAt: Instant
  points: SeriesPoint[]
  /** Latency over the whole range. */
  latency: LatencyDistribution | null
  /** Stretches that nobody probed, with how many slots each held. */
  gaps: { fromAt: Instant; untilAt: Instant; slots: number }[]
  /** When it was under maintenance, in order; one that runs ends after now. */
  maintenance: { name: string; fromAt: Instant; untilAt: Instant }[]
  /** Newest first, at most 200. */
  alerts: MonitorAlert[]
}

export interface MonitorResult {
  /** What results are paged by. */
  slotAt: Instant
  probedAt: Instant
  verdict: Verdict
  cause: string | null
  statusCode: number | null
  latencyMs: number | null
  phases: Phases
  message: string | null
  /** The attempts of a slot that needed more than one, or the failing one. */
  attempts: Evidence[]
}

export interface HeartbeatPing {
  id: number
  receivedAt: Instant
  kind: 'success' | 'start' | 'fail' | 'log'
  exitCode: number | null
  durationMs: number | null
  bodyExcerpt: string | null
}

export interface ChannelChoice {
  id: string
  name: string
  kind: ChannelKind
  enabled: boolean
}

/** Reads monitors as the signed-in person may see them. Every method is one round trip; all throw when the database is away. */
export interface MonitorReader {
  readOverview(projectId: string): Promise<OverviewFacts>
  /** Worst state first. `total` counts all that match. */
  listMonitors(
    projectId: string,
    query: MonitorFilter & { after: MonitorCursor | null; limit: number },
  ): Promise<{ total: number; monitors: ListedMonitor[] }>
  readFigures(monitorIds: string[]): Promise<Map<string, MonitorFigures>>
  readFacets(projectId: string): Promise<{ kinds: MonitorKind[]; tags: string[]; groups: string[] }>
  /** Null when the project has no monitor of that key. */
  findMonitor(projectId: string, key: string): Promise<MonitorDetail | null>
  readSeries(monitorId: string, range: SeriesRange): Promise<MonitorSeries>
  /** Newest first, older than `before`. */
  listResults(monitorId: string, query: { before: Instant | null; limit: number }): Promise<MonitorResult[]>
  /** By name: those that the monitor has, and those that saw it in the last hour. */
  readRegions(monitorId: string, range: SeriesRange): Promise<RegionFacts[]>
  /** What regions saw of the slots from one to another, both included, by slot and region. */
  listRegionResults(monitorId: string, fromAt: Instant, untilAt: Instant): Promise<RegionResult[]>
  /** Newest first. */
  listPings(monitorId: string, limit: number): Promise<HeartbeatPing[]>
  /** By name; what a monitor can be told to notify. */
  listChannelChoices(projectId: string): Promise<ChannelChoice[]>
  /** By name, at most `limit`: for the command palette. */
  listNames(projectId: string, limit: number): Promise<{ key: string; name: string }[]>
}
