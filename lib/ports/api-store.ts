import type { MonitorKind } from '../domain/monitor/config.ts'
import type { MonitorState } from '../domain/monitor/monitor.ts'
import type { Quorum } from '../domain/monitor/schema-regions.ts'
import type { Priority, Severity } from '../domain/monitor/severity.ts'
import type { Cause, Phases, Verdict } from '../domain/probe/outcome.ts'
import type { Counts } from '../domain/rollup/uptime.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { IncidentReader } from './incident-reader.ts'
import type { RuleReader } from './rule-reader.ts'

export type ApiScope = 'read' | 'write' | 'ingest'

/** A valid key: whose data it opens, and what for. */
export interface ApiKeyFacts {
  id: string
  name: string
  projectId: string
  projectSlug: string
  scopes: ApiScope[]
}

/** Keys of the REST API, known by their hash alone. */
export interface ApiKeyStore {
  /** Null for an unknown and for a revoked key. */
  findKey(hash: string): Promise<ApiKeyFacts | null>
  /** Makes a key from the environment valid, and revokes the one of the same name that it replaces. */
  setKey(projectId: string, key: { name: string; prefix: string; hash: string; scopes: ApiScope[] }): Promise<void>
}

export interface ApiMonitor {
  id: string
  key: string
  name: string
  kind: MonitorKind
  /** As people know the target: `targetOf`. */
  url: string
  severity: Severity
  intervalSeconds: number
  timeoutMs: number
  tags: string[]
  groupName: string
  runbookUrl: string
  regions: string[]
  quorum: Quorum
  pausedAt: Instant | null
  state: MonitorState
  sinceAt: Instant
  lastResultAt: Instant | null
  lastLatencyMs: number | null
  isFlapping: boolean
  certificateExpiresAt: Instant | null
  days30: Counts
  openIncident: {
    id: string
    number: number
    priority: Priority
    status: 'triggered' | 'acknowledged'
    startedAt: Instant
  } | null
}

export interface ApiResult {
  slotAt: Instant
  probedAt: Instant
  region: string
  verdict: Verdict
  cause: Cause | null
  statusCode: number | null
  latencyMs: number | null
  phases: Phases
  message: string | null
}

/** Monitors and rules by key, each once. */
export interface IncidentSubjects {
  monitors: ReadonlyMap<string, { key: string; name: string }>
  rules: ReadonlyMap<string, { key: string; name: string }>
}

/**
 * What the REST API reads. A key has no user, so that no row level security stands behind these reads: every method takes the project of
 * the key and answers nothing of another one.
 */
export interface ApiStore extends Pick<IncidentReader, 'listIncidents' | 'findIncident'> {
  /** In order of their keys, from behind `after`. */
  listMonitors(projectId: string, page: { after: string | null; limit: number }): Promise<ApiMonitor[]>
  findMonitor(projectId: string, key: string): Promise<ApiMonitor | null>
  /** What incidents of the project are about, by id of the incident. */
  listIncidentSubjects(
    projectId: string,
    incidentIds: readonly string[],
  ): Promise<ReadonlyMap<string, IncidentSubjects>>
  listRules: RuleReader['list']
  /** Groups of a rule that was listed before. */
  listRuleGroups: RuleReader['listGroups']
  /** Keys of channels by id. */
  listChannelKeys(projectId: string): Promise<ReadonlyMap<string, string>>
  /** Newest slot first, from before `before`; null when the project has no such monitor. */
  listResults(
    projectId: string,
    key: string,
    page: { before: Instant | null; limit: number },
  ): Promise<ApiResult[] | null>
}
