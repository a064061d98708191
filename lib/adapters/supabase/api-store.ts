import { monitorTargetSchema } from '../../domain/monitor/config.ts'
import { type MonitorState, targetOf } from '../../domain/monitor/monitor.ts'
import type { Priority, Severity } from '../../domain/monitor/severity.ts'
import type { Phases } from '../../domain/probe/outcome.ts'
import { type Counts, NO_COUNTS } from '../../domain/rollup/uptime.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { ApiMonitor, ApiResult, ApiStore } from '../../ports/api-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { createIncidentReader } from './incident-reader.ts'
import { listIncidentSubjects } from './incident-subjects.ts'
import { type ResultRow, readResults } from './read-results.ts'
import { toInstant, toQuorum } from './rows.ts'
import { createRuleReader } from './rule-reader.ts'
import { take, takeRows } from './take.ts'

const MONITOR_COLUMNS =
  'id, key, name, kind, config, severity, interval_seconds, timeout_ms, tags, group_name, runbook_url, regions, quorum, paused_at, monitor_states!inner(state, since_at, last_result_at, last_latency_ms, flapping_since, certificate_expires_at)'

/** The API's reads over PostgREST. `client` has the service role; the project in each filter is all that separates tenants here. */
export function createApiStore(client: Client): ApiStore {
  const { listIncidents, findIncident } = createIncidentReader(client)
  const rules = createRuleReader(client)
  return {
    listIncidents,
    findIncident,
    listIncidentSubjects: (projectId, incidentIds) => listIncidentSubjects(client, projectId, incidentIds),
    listRules: rules.list,
    listRuleGroups: rules.listGroups,

    async listChannelKeys(projectId) {
      const rows = takeRows(await client.from('channels').select('id, key').eq('project_id', projectId).order('key'))
      return new Map(rows.map(({ id, key }) => [id, key]))
    },

    async listMonitors(projectId, { after, limit }) {
      const query = client.from('monitors').select(MONITOR_COLUMNS).eq('project_id', projectId)
      const page = after === null ? query : query.gt('key', after)
      return complete(client, projectId, takeRows(await page.order('key').limit(limit)) as unknown as MonitorRow[])
    },

    async findMonitor(projectId, key) {
      const query = client.from('monitors').select(MONITOR_COLUMNS).eq('project_id', projectId).eq('key', key)
      const row = take(await query.maybeSingle()) as unknown as MonitorRow | null
      return row === null ? null : ((await complete(client, projectId, [row]))[0] ?? null)
    },

    async listResults(projectId, key, { before, limit }) {
      const owner = client.from('monitors').select('id').eq('project_id', projectId).eq('key', key)
      const monitor = take(await owner.maybeSingle())
      if (monitor === null) return null
      return (await readResults(client, monitor.id, { until: before, limit })).map(toResult)
    },
  }
}

interface MonitorRow {
  id: string
  key: string
  name: string
  kind: string
  config: unknown
  severity: Severity
  interval_seconds: number
  timeout_ms: number
  tags: string[]
  group_name: string
  runbook_url: string
  regions: string[]
  quorum: string
  paused_at: string | null
  monitor_states: {
    state: MonitorState
    since_at: string
    last_result_at: string | null
    last_latency_ms: number | null
    flapping_since: string | null
    certificate_expires_at: string | null
  }
}

interface OpenRow {
  monitor_id: string
  incidents: {
    id: string
    number: number
    priority: Priority
    status: 'triggered' | 'acknowledged'
    started_at: string
  }
}

/** Adds uptime and open incident, for all monitors of a page in one question each. */
async function complete(client: Client, projectId: string, rows: MonitorRow[]): Promise<ApiMonitor[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [figures, open] = await Promise.all([
    call(client, 'read_monitor_figures', { p_monitor_ids: ids }) as Promise<Record<string, { days30: Counts | null }>>,
    client
      .from('alerts')
      .select('monitor_id, incidents!inner(id, number, priority, status, started_at)')
      .eq('project_id', projectId)
      .eq('status', 'firing')
      .in('monitor_id', ids),
  ])
  const alerts = takeRows(open) as unknown as OpenRow[]
  return rows.map((row) =>
    toMonitor(
      row,
      figures[row.id]?.days30 ?? NO_COUNTS,
      alerts.find((one) => one.monitor_id === row.id),
    ),
  )
}

function toMonitor(row: MonitorRow, days30: Counts, alert: OpenRow | undefined): ApiMonitor {
  const target = monitorTargetSchema.parse({ kind: row.kind, config: row.config })
  const { monitor_states: state } = row
  // An alert still fires while somebody has resolved the incident by hand.
  const incident = alert && ['triggered', 'acknowledged'].includes(alert.incidents.status) ? alert.incidents : null
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    kind: target.kind,
    url: targetOf(target),
    severity: row.severity,
    intervalSeconds: row.interval_seconds,
    timeoutMs: row.timeout_ms,
    tags: row.tags,
    groupName: row.group_name,
    runbookUrl: row.runbook_url,
    regions: row.regions,
    quorum: toQuorum(row.quorum),
    pausedAt: toInstant(row.paused_at),
    state: state.state,
    sinceAt: fromIso(state.since_at),
    lastResultAt: toInstant(state.last_result_at),
    lastLatencyMs: state.last_latency_ms,
    isFlapping: state.flapping_since !== null,
    certificateExpiresAt: toInstant(state.certificate_expires_at),
    days30,
    openIncident: incident && {
      id: incident.id,
      number: incident.number,
      priority: incident.priority,
      status: incident.status,
      startedAt: fromIso(incident.started_at),
    },
  }
}

const PHASES = ['dns', 'tcp', 'tls', 'ttfb', 'transfer'] as const

function toResult(row: ResultRow): ApiResult {
  const reached = PHASES.flatMap((name, index) => {
    const ms = row.phases?.[index]
    return ms === null || ms === undefined ? [] : [[name, ms] as const]
  })
  return {
    slotAt: fromIso(row.slot_at),
    probedAt: fromIso(row.probed_at),
    region: row.region,
    verdict: row.verdict,
    cause: row.cause,
    statusCode: row.status_code,
    latencyMs: row.latency_ms,
    phases: Object.fromEntries(reached) as Phases,
    message: row.message,
  }
}
