import { createHash } from 'node:crypto'
import type { LogRecord } from '../../domain/log/record.ts'
import type { SeriesSamples } from '../../domain/series/sample.ts'
import type { Rejection, TelemetryBatch, TelemetryStore } from '../../ports/telemetry-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Series and hours of one rollup statement. Small, because whoever sends samples of the same hours waits for its end. */
const ROLLUP_SIZE = 500
/** Hours of metrics in one statement, each with all of its series: what is rolled up meanwhile waits for it. */
const TOTALS_SIZE = 200

/** Telemetry in Postgres; needs the service role. */
export function createTelemetryStore(client: Client): TelemetryStore {
  return {
    async storeBatch(batch) {
      const answer = (await call(client, 'store_telemetry', toArguments(batch) as never)) as {
        accepted: number
        rejections: Rejection[]
        is_replay: boolean
      }
      return { accepted: answer.accepted, rejections: addUpByReason(answer.rejections), isReplay: answer.is_replay }
    },

    async rollUp() {
      // First: it makes samples, which are then rolled up like all others.
      const minutes = Number(await call(client, 'rollup_vitals', { p_limit: ROLLUP_SIZE }))
      const hours = Number(await call(client, 'rollup_series', { p_limit: ROLLUP_SIZE }))
      return { hasMore: minutes >= ROLLUP_SIZE || hours >= ROLLUP_SIZE }
    },

    async rollUpDaysAndPrune() {
      let done: number
      // Totals first: they have days, too.
      do done = Number(await call(client, 'rollup_metric_totals', { p_limit: TOTALS_SIZE }))
      while (done >= TOTALS_SIZE)
      do done = Number(await call(client, 'rollup_series_days', { p_limit: ROLLUP_SIZE }))
      while (done >= ROLLUP_SIZE)
      await call(client, 'prune_telemetry', undefined as never)
      await call(client, 'prune_ingest', undefined as never)
      await call(client, 'prune_vitals', undefined as never)
      await call(client, 'fold_vital_releases', undefined as never)
    },
  }
}

/** Numbers and histograms are stored apart: what was too old of both is said once. */
function addUpByReason(rejections: readonly Rejection[]): Rejection[] {
  const byReason = new Map<string, Rejection>()
  for (const one of rejections) {
    const reason = `${one.code} ${one.message}`
    byReason.set(reason, { ...one, count: one.count + (byReason.get(reason)?.count ?? 0) })
  }
  return [...byReason.values()]
}

/** Scalars side by side in arrays: as objects, twenty thousand of them would take five times the bytes and the parsing. */
function toArguments({ projectId, source, digest, series, logs, rejections }: TelemetryBatch): Record<string, unknown> {
  const scalars = series.flatMap((one, position) =>
    one.series.kind === 'histogram' ? [] : (one as Scalars).samples.map((sample) => ({ position, ...sample })),
  )
  return {
    p_project_id: projectId,
    p_batch: {
      source,
      digest,
      series: series.map(({ series: identity }) => identity),
      histograms: series.flatMap(toHistograms),
      logs: toLogRows(logs),
      rejections,
    },
    p_series: scalars.map(({ position }) => position),
    p_at: scalars.map(({ at }) => at),
    p_start_at: scalars.map(({ startAt }) => startAt),
    p_values: scalars.map(({ value }) => value),
  }
}

type Scalars = Exclude<SeriesSamples, { series: { kind: 'histogram' } }>
type Histograms = Extract<SeriesSamples, { series: { kind: 'histogram' } }>

function toHistograms(one: SeriesSamples, position: number): Record<string, unknown>[] {
  if (one.series.kind !== 'histogram') return []
  return (one as Histograms).samples.map(({ at, startAt, count, sum, min, max, histogram }) => ({
    series: position,
    at,
    start_at: startAt,
    count,
    sum,
    min,
    max,
    keys: histogram.keys,
    counts: histogram.counts,
  }))
}

function toLogRows(logs: readonly LogRecord[]): Record<string, unknown>[] {
  const seen = new Map<string, number>()
  return logs.map((log) => {
    const { at, environment, severity, service, message, attributes, requestId, userId, traceId, measured } = log
    const row = {
      environment,
      severity,
      service,
      message,
      attributes,
      request_id: requestId,
      user_id: userId,
      trace_id: traceId,
      ...measuredColumns(measured),
    }
    return { at_ms: at, id: idOf(log, row, seen), ...row }
  })
}

/**
 * The sender's own id, or the line itself: what is sent twice is stored once, also when the second request holds other lines as well.
 * Equal lines of one moment in one request are counted, so that they stay as many as they were.
 */
function idOf({ at, id, source }: LogRecord, row: Record<string, unknown>, seen: Map<string, number>): string {
  const digest = (text: string) => createHash('md5').update(text).digest('hex')
  if (id !== null) return digest(`${source} ${id}`)
  const line = digest(JSON.stringify([at, row]))
  const ordinal = (seen.get(line) ?? 0) + 1
  seen.set(line, ordinal)
  return ordinal === 1 ? line : digest(`${line} ${ordinal}`)
}

function measuredColumns(measured: LogRecord['measured']): Record<string, unknown> {
  if (measured === null) return {}
  if (measured.kind === 'request') {
    const { method, route, statusCode, durationMs } = measured
    return {
      measured: 'request',
      method,
      route,
      status_code: statusCode,
      failed: statusCode >= 500,
      duration_ms: durationMs,
    }
  }
  const { name, failed, durationMs } = measured
  return { measured: 'function', route: name, failed, duration_ms: durationMs }
}
