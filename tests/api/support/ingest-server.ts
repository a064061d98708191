import { logDrainFunction } from '../../../api/_lib/ingest-log-drain.ts'
import { telemetryFunction } from '../../../api/_lib/ingest-telemetry.ts'
import { jsonLogs, jsonMetrics } from '../../../lib/adapters/ingest/json/formats.ts'
import { otlpLogs, otlpMetrics } from '../../../lib/adapters/ingest/otlp/formats.ts'
import { vercelDrain } from '../../../lib/adapters/ingest/vercel/formats.ts'
import { isSignedByVercel } from '../../../lib/adapters/ingest/vercel/signature.ts'
import type { ApiScope } from '../../../lib/ports/api-store.ts'
import type { LogDrainError, LogDrainStore } from '../../../lib/ports/log-drain.ts'
import type { RateVerdict } from '../../../lib/ports/rate-limiter.ts'
import { authoriseKey } from '../../../lib/queries/api/authorise.ts'
import { createRecordingTelemetryStore, type RecordingTelemetryStore } from '../../support/recording-telemetry-store.ts'
import { serve } from './serve.ts'

export const INGEST_KEY = 'key-with-the-scope-ingest'
export const READ_KEY = 'key-with-the-scope-read'
export const PROJECT_ID = '6f1f2a57-5c39-4b7b-8a0d-0c8a2f3f7f11'

export interface IngestServer {
  url: string
  store: RecordingTelemetryStore
  /** What the next request is told by the rate limiter. */
  limit: { verdict: RateVerdict; buckets: string[] }
  /** The log drain of the project, and what was noted about it. */
  drain: { found: Awaited<ReturnType<LogDrainStore['find']>>; noted: (LogDrainError | null)[] }
  logged: { event: string; fields: Record<string, unknown> }[]
  reported: unknown[]
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>
}

/** The addresses for metrics and logs over a real socket, with a store in memory. */
export async function ingestServer(now: () => number = Date.now): Promise<IngestServer> {
  const store = createRecordingTelemetryStore(now)
  const limit: IngestServer['limit'] = { verdict: { allowed: true, remaining: 1 }, buckets: [] }
  const logged: IngestServer['logged'] = []
  const drain: IngestServer['drain'] = { found: null, noted: [] }
  const reported: unknown[] = []
  const scopes = new Map<string, ApiScope[]>([
    [INGEST_KEY, ['ingest']],
    [READ_KEY, ['read']],
  ])
  const keys = {
    setKey: async () => undefined,
    findKey: async (hash: string) => {
      const found = scopes.get(hash)
      return found
        ? { id: `id of ${hash}`, name: hash, projectId: PROJECT_ID, projectSlug: 'shop', scopes: found }
        : null
    },
  }
  const record = (event: string, fields: Record<string, unknown> = {}) => void logged.push({ event, fields })
  const wire = () => ({
    log: { info: record, warn: record, error: record },
    reporter: { report: async (error: unknown) => void reported.push(error) },
    clock: { now },
    limiter: {
      take: async (bucket: string) => {
        limit.buckets.push(bucket)
        return limit.verdict
      },
      giveBack: async () => undefined,
    },
    rateLimit: { capacity: 600, windowSeconds: 60 },
    store,
    authorise: (headers: Headers) => authoriseKey({ keys, hashKey: (key) => key }, headers, 'ingest'),
    isDatabaseAway: (error: unknown) => String(error).includes('away'),
  })
  const wireDrain = () => ({
    ...wire(),
    drains: {
      find: async (projectId: string) => (projectId === PROJECT_ID ? drain.found : null),
      note: async (_: string, error: LogDrainError | null) => void drain.noted.push(error),
    },
    openSecret: (ciphertext: string) => ciphertext.replace('sealed ', ''),
    isSigned: isSignedByVercel,
  })
  const routes: Record<string, Record<'GET' | 'POST', (request: Request) => Promise<Response>>> = {
    '/api/ingest/otlp/v1/metrics': telemetryFunction(wire, otlpMetrics),
    '/api/ingest/otlp/v1/logs': telemetryFunction(wire, otlpLogs),
    '/api/ingest/metrics': telemetryFunction(wire, jsonMetrics),
    '/api/ingest/logs': telemetryFunction(wire, jsonLogs),
    '/api/ingest/logdrain': logDrainFunction(wireDrain, vercelDrain),
  }
  const url = await serve(async (request) => {
    const route = routes[new URL(request.url).pathname]
    const handle = route?.[request.method as 'GET' | 'POST']
    return handle ? handle(request) : new Response(null, { status: route ? 405 : 404 })
  })
  return {
    url,
    store,
    limit,
    drain,
    logged,
    reported,
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${INGEST_KEY}`, ...headers },
      }),
  }
}
