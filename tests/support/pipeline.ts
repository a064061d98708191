import { randomUUID } from 'node:crypto'
import { scrapeToSeries } from '../../lib/adapters/ingest/prometheus/to-series.ts'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { type MonitorTarget, monitorTargetSchema } from '../../lib/domain/monitor/config.ts'
import type { Severity } from '../../lib/domain/monitor/severity.ts'
import type { ChannelKind } from '../../lib/domain/notification/channel.ts'
import { type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import type { Log } from '../../lib/ports/log.ts'
import type { RegionProber } from '../../lib/ports/region-prober.ts'
import type { PipelineStore } from '../../lib/ports/store.ts'
import { type TickDeps, type TickSummary, tick } from '../../lib/tasks/tick.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import type { Sql } from './postgres.ts'
import { createRecordingProvider, type RecordingProvider } from './recording-provider.ts'
import { createScriptedProber, type ScriptedProber } from './scripted-prober.ts'
import { type TestStack, testStack } from './stack.ts'

/** A Monday morning, on a whole hour: slots of every interval begin here. */
export const START_AT: Instant = Date.UTC(2026, 10, 23, 9)

export interface MonitorOptions {
  key: string
  intervalSeconds?: number
  severity?: Severity
  failures?: number
  successes?: number
  timeoutMs?: number
  /** Keys of channels; none: the project's routing applies. */
  notify?: string[]
  heartbeat?: Record<string, unknown>
  tags?: string[]
  dependsOn?: string[]
  regions?: string[]
  quorum?: string
  /** Anything else than a target on paper; tests that use it bring a prober that goes there. */
  target?: { kind: MonitorTarget['kind']; config: Record<string, unknown> }
}

export interface IncidentRow {
  id: string
  number: number
  title: string
  status: 'triggered' | 'acknowledged' | 'resolved'
  priority: string
  episode: number
  flapping: boolean
  reason: string
  started_at: Date
  resolved_at: Date | null
  resolved_by: string | null
}

export interface TickRecord {
  startedAt: Instant
  summary: TickSummary | null
  error: unknown
}

/** The pipeline on a real database with a clock, targets and providers of its own. */
export interface Pipeline {
  sql: Sql
  stack: TestStack
  clock: FakeClock
  prober: ScriptedProber
  provider: RecordingProvider
  store: PipelineStore
  projectId: string
  /** Lines that were logged as warnings or errors. */
  complaints: string[]
  ticks: TickRecord[]
  /** What a tick gets; `changes` replace parts of it. */
  deps(changes?: Partial<TickDeps>): TickDeps
  addMonitor(options: MonitorOptions): Promise<string>
  addChannel(key: string, kind?: ChannelKind, minSeverity?: Severity | null): Promise<string>
  /** Saves the monitor of this id with these settings, as a person would. */
  editMonitor(id: string, options: MonitorOptions): Promise<void>
  pauseMonitor(id: string, isPaused: boolean): Promise<void>
  deleteMonitor(id: string): Promise<void>
  changeIncident(id: string, op: 'acknowledge' | 'resolve'): Promise<void>
  runTick(changes?: Partial<TickDeps>): Promise<TickSummary>
  /** Lets time pass with a scheduler that starts a tick at each whole minute, also while an earlier one still runs. */
  runFor(ms: number): Promise<void>
  /** Lets time pass with nobody looking: what is under way goes on, no tick starts. */
  sleepFor(ms: number): Promise<void>
  /** What the scheduler's ticks get from now on. */
  setDeps(changes: Partial<TickDeps>): void
  incidents(): Promise<IncidentRow[]>
  timeline(incidentId: string): Promise<{ kind: string; actor: string; message: string }[]>
  stateOf(key: string): Promise<string>
}

/** An installation that has no prober elsewhere. */
const NO_REGIONS: RegionProber = {
  probe: async (_region, probes) => new Map(probes.map(({ id }) => [id, { unknown: 'has no prober' }])),
}

const BASE_URL = 'https://vigie.test'

/** Call at the top of a test file, then `await start()` in each test: an empty database at `startAt`. */
export async function pipelineSupport(): Promise<{ stack: TestStack; start(startAt?: Instant): Promise<Pipeline> }> {
  const stack = await testStack()
  // Lite grants rights to a role at its first request, and several that do so at once stand in each other's way.
  await stack.service.from('projects').select('id').limit(1)
  return { stack, start: (startAt = START_AT) => startPipeline(stack, startAt) }
}

async function startPipeline(stack: TestStack, startAt: Instant): Promise<Pipeline> {
  const { sql } = stack
  await sql`truncate public.projects, public.probe_results, public.task_pulses cascade`
  const clock = await createFakeClock(sql, startAt)
  await sql`select private.ensure_partition((to_timestamp(${startAt / 1_000}) at time zone 'UTC')::date)`
  const prober = createScriptedProber(clock)
  const provider = createRecordingProvider(clock)
  const store = clock.track(createPipelineStore(stack.service as never, { error: () => undefined }))
  const telemetry = clock.track(createTelemetryStore(stack.service as never))
  const [project] = await sql<{ id: string }[]>`
    insert into public.projects (slug, name, time_zone) values ('demo', 'Demo', 'Europe/Paris') returning id`
  const projectId = project?.id ?? ''
  const complaints: string[] = []
  const ticks: TickRecord[] = []
  let scheduled: Partial<TickDeps> = {}

  const deps = (changes: Partial<TickDeps> = {}): TickDeps => ({
    store,
    clock,
    prober,
    sender: provider,
    random: { next: () => 0.5, uuid: () => randomUUID() },
    log: createRecordingLog(complaints),
    secretBox: { seal: (value) => JSON.stringify(value), open: (text) => JSON.parse(text) },
    region: 'local',
    regions: NO_REGIONS,
    controls: { findDoubt: async () => null },
    baseUrl: BASE_URL,
    acknowledgeUrl: (incidentId, channelId, expiresAt) => `${BASE_URL}/ack/${incidentId}/${channelId}/${expiresAt}`,
    sendDueReports: async () => 0,
    collectDatabases: async () => 0,
    watchKpis: async () => 0,
    evaluateRules: async () => ({ changed: 0, nextDueAt: null }),
    telemetry,
    scrapeToSeries,
    pingDeadman: null,
    ...changes,
  })
  const startTick = (): void => {
    const record: TickRecord = { startedAt: clock.now(), summary: null, error: null }
    ticks.push(record)
    tick(deps(scheduled)).then(
      (summary) => {
        record.summary = summary
      },
      (error: unknown) => {
        record.error = error
      },
    )
  }
  return {
    sql,
    stack,
    clock,
    prober,
    provider,
    store,
    projectId,
    complaints,
    ticks,
    deps,
    addMonitor: (options) => addMonitor(sql, projectId, options),
    addChannel: (key, kind = 'webhook', minSeverity = null) => addChannel(sql, projectId, key, kind, minSeverity),
    editMonitor: async (id, options) => {
      const monitor = { ...monitorJson(options), id }
      await sql`select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'ann', null)`
    },
    pauseMonitor: async (id, isPaused) => {
      await sql`select private.set_monitor_paused(${id}, ${isPaused}, null, 'ann')`
    },
    deleteMonitor: async (id) => {
      await sql`select private.delete_monitor(${projectId}, ${id}, null, 'ann')`
    },
    changeIncident: async (id, op) => {
      await sql`select private.change_incident(${id}, ${op}, null, 'ann', null)`
    },
    runTick: (changes) => clock.runUntilSettled(tick(deps({ ...scheduled, ...changes }))),
    runFor: (ms) => clock.runTo(clock.now() + ms, wholeMinutes(clock.now(), clock.now() + ms), startTick),
    sleepFor: (ms) => clock.runTo(clock.now() + ms),
    setDeps: (changes) => {
      scheduled = changes
    },
    incidents: async () => sql<IncidentRow[]>`select * from public.incidents order by number`,
    timeline: async (incidentId) => sql`
      select kind, actor, message from public.incident_events where incident_id = ${incidentId} order by id`,
    stateOf: async (key) => {
      const [row] = await sql<{ state: string }[]>`
        select state from public.monitor_states join public.monitors on monitors.id = monitor_id where key = ${key}`
      return row?.state ?? 'absent'
    },
  }
}

function wholeMinutes(from: Instant, until: Instant): Instant[] {
  const minutes: Instant[] = []
  for (let at = Math.ceil(from / MINUTE) * MINUTE; at < until; at += MINUTE) minutes.push(at)
  return minutes
}

function createRecordingLog(complaints: string[]): Log {
  const complain = (event: string, fields: Record<string, unknown> = {}) =>
    void complaints.push(`${event} ${JSON.stringify(fields)}`)
  return { info: () => undefined, warn: complain, error: complain }
}

/** A monitor as `save_monitor` reads it, complete. */
export function monitorJson(options: MonitorOptions, channelIds: string[] = []): Record<string, unknown> {
  const onPaper =
    options.heartbeat === undefined
      ? { kind: 'http', config: { url: `http://${options.key}.test/` } }
      : { kind: 'heartbeat', config: options.heartbeat }
  const { kind, config } = monitorTargetSchema.parse(options.target ?? onPaper)
  return {
    key: options.key,
    name: options.key,
    kind,
    config,
    interval_seconds: options.intervalSeconds ?? 60,
    timeout_ms: options.timeoutMs ?? 2_000,
    severity: options.severity ?? 'high',
    confirm_failures: options.failures ?? 2,
    confirm_successes: options.successes ?? 2,
    tags: options.tags ?? [],
    group_name: '',
    runbook_url: '',
    depends_on: options.dependsOn ?? [],
    regions: options.regions ?? [],
    quorum: options.quorum ?? 'majority',
    notify_channel_ids: channelIds,
  }
}

async function addMonitor(sql: Sql, projectId: string, options: MonitorOptions): Promise<string> {
  const notify = options.notify ?? []
  const channels = await sql<{ id: string }[]>`
    select id from public.channels where project_id = ${projectId} and key = any (${notify})`
  const monitor = monitorJson(
    options,
    channels.map(({ id }) => id),
  )
  const [row] = await sql<{ id: string }[]>`
    select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'ann', null) ->> 'id' as id`
  return row?.id ?? ''
}

const CHANNEL_CONFIG: Record<ChannelKind, Record<string, unknown>> = {
  email: { to: ['ops@example.com'] },
  slack: {},
  sms: { to: ['+33612345678'] },
  webhook: { url: 'http://127.0.0.1:9/hook' },
}

async function addChannel(
  sql: Sql,
  projectId: string,
  key: string,
  kind: ChannelKind,
  minSeverity: Severity | null,
): Promise<string> {
  const channel = { key, kind, name: key, config: CHANNEL_CONFIG[kind], min_severity: minSeverity }
  const [row] = await sql<{ id: string }[]>`
    select private.write_channel(${projectId}, ${sql.json(channel as never)}, null, 'ann', null) ->> 'id' as id`
  return row?.id ?? ''
}
