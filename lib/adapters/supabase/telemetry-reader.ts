import type { ListedLine, LogSearch } from '../../domain/log/search.ts'
import type { Aggregate, MetricFacts, SeriesAnswer } from '../../domain/series/question.ts'
import type { Attributes, MetricKind } from '../../domain/series/sample.ts'
import { fromIso, SECOND, toIso } from '../../domain/time/instant.ts'
import type { TelemetryReader } from '../../ports/telemetry-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

/** `client` acts as the person who asks. */
export function createTelemetryReader(client: Client): TelemetryReader {
  return {
    async listMetrics(projectId) {
      const rows = (await call(client, 'list_metrics', { p_project_id: projectId })) as MetricRow[]
      return rows.map(toMetric)
    },

    async listAttributeValues(projectId, metric, attribute) {
      const names = { p_project_id: projectId, p_metric: metric, p_attribute: attribute }
      return (await call(client, 'list_attribute_values', names)) as string[]
    },

    async query(projectId, { metric, aggregate, where, groupBy, from, until, stepMs }) {
      const answer = (await call(client, 'query_series', {
        p_project_id: projectId,
        p_metric: metric,
        p_where: where,
        p_group_by: [...groupBy],
        p_from: toIso(from),
        p_until: toIso(until),
        p_step_seconds: stepMs / SECOND,
        p_aggregate: aggregate satisfies Aggregate,
      })) as AnswerRow | null
      return answer === null ? null : toAnswer(answer)
    },

    async queryMany(projectId, questions) {
      const answers = (await call(client, 'query_many_series', {
        p_project_id: projectId,
        p_questions: questions.map(({ metric, aggregate, where, groupBy, from, until, stepMs }) => ({
          metric,
          aggregate,
          where: { ...where },
          group_by: [...groupBy],
          from: toIso(from),
          until: toIso(until),
          step_seconds: stepMs / SECOND,
        })),
      })) as (AnswerRow | null)[]
      return answers.map((answer) => (answer === null ? null : toAnswer(answer)))
    },

    searchLogs: (projectId, search) => searchLogs(client, projectId, search),

    async listRejections(projectId) {
      // Not by names: `count` alone asks PostgREST how many rows there are.
      const query = client.from('ingest_days').select('*').eq('project_id', projectId)
      const rows = takeRows(await query.neq('code', '').order('last_at', { ascending: false }).limit(20))
      return rows.map(({ source, code, count, message, last_at }) => ({
        source,
        code,
        count,
        message,
        lastAt: fromIso(last_at),
      }))
    },
  }
}

const LINE_COLUMNS = 'at, id, severity, service, environment, message, attributes, request_id, user_id, trace_id'

async function searchLogs(client: Client, projectId: string, search: LogSearch): Promise<ListedLine[]> {
  const { from, until, severityAtLeast, statusCode, service, requestId, text, below, limit } = search
  let query = client.from('logs').select(LINE_COLUMNS).eq('project_id', projectId)
  query = query.gte('at', toIso(from)).lt('at', toIso(until))
  if (severityAtLeast !== null) query = query.gte('severity', severityAtLeast)
  if (statusCode !== null) query = query.gte('status_code', statusCode.atLeast).lt('status_code', statusCode.below)
  if (service !== null) query = query.eq('service', service)
  if (requestId !== null) query = query.eq('request_id', requestId)
  if (text !== null) query = query.ilike('message', `%${text.replace(/[\\%_]/g, '\\$&')}%`)
  if (below !== null) query = query.or(`at.lt."${toIso(below.at)}",and(at.eq."${toIso(below.at)}",id.lt.${below.id})`)
  const rows = takeRows(await query.order('at', { ascending: false }).order('id', { ascending: false }).limit(limit))
  return rows.map((row) => ({
    at: fromIso(row.at),
    id: row.id,
    severity: row.severity,
    service: row.service,
    environment: row.environment,
    message: row.message,
    attributes: row.attributes as Attributes,
    requestId: row.request_id,
    userId: row.user_id,
    traceId: row.trace_id,
  }))
}

interface MetricRow {
  name: string
  kind: MetricKind
  unit: string
  series_count: number
  last_seen_at: string
  attribute_names: string[]
}

function toMetric({ name, kind, unit, series_count, last_seen_at, attribute_names }: MetricRow): MetricFacts {
  return {
    name,
    kind,
    unit,
    seriesCount: series_count,
    lastSeenAt: fromIso(last_seen_at),
    attributeNames: attribute_names,
  }
}

interface AnswerRow {
  kind: MetricKind
  unit: string
  groups_total: number
  lines: { group: string[]; points: [number, number][] }[]
}

function toAnswer({ kind, unit, groups_total, lines }: AnswerRow): SeriesAnswer {
  return {
    kind,
    unit,
    groupsTotal: groups_total,
    lines: lines.map(({ group, points }) => ({ group, points: points.map(([at, value]) => ({ at, value })) })),
  }
}
