import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { telemetryFunction } from '../../api/_lib/ingest-telemetry.ts'
import { jsonLogs, jsonMetrics } from '../../lib/adapters/ingest/json/formats.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { startBenchStack } from './bench-stack.ts'

/** As an application with a few hundred series sends every ten seconds, and a busy log shipper. */
const BATCH = 2_000
const SERIES = 500
const SECONDS = 10
/** Requests under way at once: enough to keep the database busy while bodies are read. */
const IN_FLIGHT = 4

type Stack = Awaited<ReturnType<typeof startBenchStack>>

export interface IngestFigures {
  samplesPerSecond: number
  linesPerSecond: number
  /** How long rolling up took after all that. */
  rollupMs: number
}

/** Whole requests through the function: authorised, read, checked, stored durably in a real Postgres. One process, its database beside it. */
export async function benchIngest(): Promise<IngestFigures> {
  const stack = await startBenchStack()
  try {
    const [project] = await stack.sql<
      { id: string }[]
    >`insert into public.projects (slug, name) values ('bench', 'Bench') returning id`
    const functions = createFunctions(stack, project?.id ?? '')
    const samplesPerSecond = await drive((n) => functions.metrics(metricsBody(n)))
    const linesPerSecond = await drive((n) => functions.logs(logsBody(n)))
    const startedMs = performance.now()
    const store = createTelemetryStore(stack.client)
    while ((await store.rollUp()).hasMore);
    return { samplesPerSecond, linesPerSecond, rollupMs: Math.round(performance.now() - startedMs) }
  } finally {
    await stack.stop()
  }
}

function createFunctions(stack: Stack, projectId: string) {
  const key = { id: 'bench', name: 'bench', projectId, projectSlug: 'bench', scopes: ['ingest' as const] }
  const wire = () => ({
    log: { info: () => undefined, warn: () => undefined, error: console.error },
    clock: { now: () => Date.now() },
    reporter: { report: async () => undefined },
    // What a request costs besides is the same for all; the limit itself would stop the measurement.
    limiter: { take: async () => ({ allowed: true, remaining: 1 }) as const, giveBack: async () => undefined },
    rateLimit: { capacity: 1, windowSeconds: 1 },
    authorise: async () => ({ ok: true, key }) as const,
    isDatabaseAway: () => false,
    store: createTelemetryStore(stack.client),
  })
  const post = (format: typeof jsonMetrics) => {
    const { POST } = telemetryFunction(wire, format)
    return async (body: string) => {
      const headers = { 'content-type': 'application/json' }
      const response = await POST(new Request('http://localhost/api/ingest', { method: 'POST', headers, body }))
      const answer = (await response.json()) as { accepted?: number }
      if (answer.accepted !== BATCH) throw new Error(`${response.status} ${JSON.stringify(answer).slice(0, 300)}`)
    }
  }
  return { metrics: post(jsonMetrics), logs: post(jsonLogs) }
}

/** Items a second over ten seconds, after a first round that makes the series. */
async function drive(send: (n: number) => Promise<void>): Promise<number> {
  let next = 0
  await send(next++)
  let sent = 0
  const startedMs = performance.now()
  const worker = async () => {
    while (performance.now() - startedMs < SECONDS * 1_000) {
      await send(next++)
      sent += BATCH
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  return Math.round((sent / (performance.now() - startedMs)) * 1_000)
}

function metricsBody(round: number): string {
  const startAt = Date.now() - 3_600_000
  const metrics = Array.from({ length: BATCH }, (_, n) => ({
    name: 'system.cpu.utilization',
    value: Math.round(Math.random() * 1_000) / 1_000,
    unit: '1',
    at: new Date(startAt + round * 40 + Math.floor(n / SERIES) * 10).toISOString(),
    attributes: { 'host.name': `host-${n % SERIES}`, 'service.name': 'shop' },
  }))
  return JSON.stringify({ metrics })
}

function logsBody(round: number): string {
  const lines = Array.from({ length: BATCH }, (_, n) => ({
    timestamp: new Date(Date.now() - n).toISOString(),
    level: n % 50 === 0 ? 'error' : 'info',
    service: 'shop',
    message: `order ${round}-${n} was created and its confirmation queued for the customer`,
    requestId: `req-${round}-${n}`,
    userId: `user-${n % 300}`,
    context: { region: 'cdg1', amount: n, currency: 'EUR' },
  }))
  return JSON.stringify(lines)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  benchIngest().then((figures) => process.stdout.write(`${JSON.stringify(figures)}\n`))
}
