import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashApiKey } from '../../lib/adapters/system/hash-api-key.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname

let stack: TestStack
let url: string
let projectId: string
let otherId: string

beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  projectId = await addProject('shop')
  otherId = await addProject('other')
  // The functions as they are deployed, found the way Vercel finds them.
  const route = createFunctionRouter(ROOT, [])
  url = await serve(async (request) => {
    const match = route(new URL(request.url))
    return match ? runFunction(match.file, request, (file) => import(file)) : new Response(null, { status: 404 })
  })
})

async function addProject(slug: string): Promise<string> {
  const [project] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`
  const id = project?.id ?? ''
  for (const scope of ['ingest', 'read']) {
    await stack.sql`
      insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by)
      values (${id}, ${scope}, 'key', ${hashApiKey(`${slug}-${scope}-key-of-tests`)}, ${[scope]}, 'test')`
  }
  return id
}

async function post(path: string, body: unknown, as = 'shop-ingest-key-of-tests') {
  const response = await fetch(`${url}/api/ingest${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const nanoseconds = (at: number) => `${at}000000`

/** An example of opentelemetry-proto, as if it had been measured now. */
function exampleOf(name: string, at: number): string {
  const text = readFileSync(new URL(`../fixtures/otlp/${name}.json`, import.meta.url), 'utf8')
  return text.replaceAll('1544712660300000000', nanoseconds(at))
}

describe('what is sent is in the database', () => {
  test('numbers and histograms that are too old are one reason, with how many of both', async () => {
    const timeUnixNano = nanoseconds(Date.now() - 25 * 3_600_000)
    const histogram = {
      aggregationTemporality: 1,
      dataPoints: [{ timeUnixNano, count: '1', sum: 1, bucketCounts: ['1'] }],
    }
    const metrics = [
      { name: 'old.gauge', gauge: { dataPoints: [{ timeUnixNano, asInt: 1 }] } },
      { name: 'old.histogram', histogram },
    ]
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }
    expect(await post('/otlp/v1/metrics', body, 'other-ingest-key-of-tests')).toMatchObject({
      status: 200,
      body: {
        partialSuccess: {
          rejectedDataPoints: '2',
          errorMessage: 'Samples older than 24 hours are not taken: send them within a day.',
        },
      },
    })
  })
  test('the example metrics of opentelemetry-proto, once however often they are sent', async () => {
    const body = exampleOf('metrics', Date.now())
    expect(await post('/otlp/v1/metrics', body)).toMatchObject({ status: 200, body: {} })
    expect(await post('/otlp/v1/metrics', body)).toMatchObject({ status: 200, body: {} })
    const rows = await stack.sql`
      select series.name, series.kind, samples.value, histograms.count::int, histograms.keys
      from public.series left join public.samples on samples.series_id = series.id
      left join public.histogram_samples as histograms on histograms.series_id = series.id
      where series.project_id = ${projectId} order by series.name`
    expect(rows).toEqual([
      { name: 'my.counter', kind: 'counter', value: 5, count: null, keys: null },
      { name: 'my.exponential.histogram', kind: 'histogram', value: null, count: 3, keys: [-32768, 148, 165] },
      { name: 'my.gauge', kind: 'gauge', value: 10, count: null, keys: null },
      { name: 'my.histogram', kind: 'histogram', value: null, count: 2, keys: [-65, 37] },
    ])
  })
  test('the example logs and events of opentelemetry-proto', async () => {
    for (const name of ['logs', 'events'])
      expect((await post('/otlp/v1/logs', exampleOf(name, Date.now()))).body).toEqual({})
    const rows = await stack.sql`
      select message, severity, trace_id from public.logs where project_id = ${projectId} and source = 'otlp' order by severity desc`
    expect(rows).toMatchObject([
      { message: 'Example log record', severity: 10, trace_id: '5b8efff798038103d269b633813fc60c' },
      { severity: 9 },
    ])
  })
  test('simple metrics and logs, with an account of what was not taken', async () => {
    const old = Date.now() - 25 * 3_600_000
    const metrics = [{ name: 'queue.length', value: 3 }, { name: 'queue.length', value: 3, at: old }, { name: 'x' }]
    const { status, body } = await post('/metrics', metrics)
    expect([status, body.accepted, body.rejected]).toEqual([200, 1, 2])
    expect(body.rejections.map(({ code }: { code: string }) => code).sort()).toEqual(['invalid', 'too_old'])
    const line = { type: 'metric', function: 'sync', duration: 120, status: 'error' }
    expect((await post('/logs', line)).body).toMatchObject({ accepted: 1, rejected: 0, replayed: false })
    const rows = await stack.sql`
      select measured, route, failed, duration_ms from public.logs where project_id = ${projectId} and source = 'json'`
    expect(rows).toEqual([{ measured: 'function', route: 'sync', failed: true, duration_ms: 120 }])
  })
  test('increments that are counted in the same moment by many are all there', async () => {
    const count = 40
    const item = { name: 'orders', value: 1, type: 'counter' }
    const answers = await Promise.all(Array.from({ length: count }, () => post('/metrics', item)))
    expect(answers.every(({ body }) => body.accepted === 1 && body.replayed === false)).toBe(true)
    const [row] = await stack.sql`
      select sum(value)::int as total from public.samples join public.series on series.id = samples.series_id where series.name = 'orders'`
    expect(row?.total).toBe(count)
  })
  test('bodies that cannot be read are counted for the admins', async () => {
    expect((await post('/otlp/v1/metrics', '{"resourceMetrics":7}')).status).toBe(400)
    const [row] = await stack.sql`
      select count::int, message from public.ingest_days where project_id = ${projectId} and source = 'otlp' and code = 'invalid'`
    expect(row).toEqual({ count: 1, message: 'resourceMetrics must be a list.' })
  })
  test('text that Postgres cannot store does no harm', async () => {
    const attributes = { 'a\0b': '\ud800', __proto__: 'x' }
    expect((await post('/metrics', { name: 'n\0', value: 1, attributes })).body).toMatchObject({ accepted: 1 })
    expect((await post('/logs', { message: '\0\udfff', context: { 'k\0': '\0' } })).body).toMatchObject({ accepted: 1 })
  })
  test('the extremes of what is allowed can be stored', async () => {
    const metrics = [1e100, -1e100, 5e-324, 0, -0].map((value, index) => ({ name: `extreme.${index}`, value }))
    const histograms = [1e100, 5e-324, 0].map((value, index) => ({ name: `spread.${index}`, value, type: 'histogram' }))
    expect((await post('/metrics', [...metrics, ...histograms])).body).toMatchObject({ accepted: 8, rejected: 0 })
    const point = {
      timeUnixNano: nanoseconds(Date.now()),
      count: String(2 ** 53 - 1),
      bucketCounts: [String(2 ** 53 - 1), 0],
      explicitBounds: [1],
    }
    const metric = { name: 'many', histogram: { aggregationTemporality: 2, dataPoints: [point] } }
    expect(
      (await post('/otlp/v1/metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] })).body,
    ).toEqual({})
  })
})

describe('whose data it is', () => {
  test('that of the project of the key, and of no other', async () => {
    const { body } = await post('/metrics', { name: 'theirs', value: 1 }, 'other-ingest-key-of-tests')
    expect(body.accepted).toBe(1)
    const rows = await stack.sql`select project_id from public.series where name = 'theirs'`
    expect(rows).toEqual([{ project_id: otherId }])
  })
  test('a key for reading sends nothing', async () => {
    expect((await post('/metrics', { name: 'denied', value: 1 }, 'shop-read-key-of-tests')).status).toBe(403)
    expect(await stack.sql`select from public.series where name = 'denied'`).toHaveLength(0)
  })
})

test('one key in haste is slowed down, and another one is not', async () => {
  const [key] =
    await stack.sql`select id from public.api_keys where project_id = ${projectId} and 'ingest' = any (scopes)`
  await stack.sql`
    insert into public.rate_buckets (bucket, full_at) values (${`ingest:${key?.id}`}, private.now() + interval '60 seconds')
    on conflict (bucket) do update set full_at = excluded.full_at`
  const { status, headers } = await post('/metrics', { name: 'hasty', value: 1 })
  expect(status).toBe(429)
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect((await post('/metrics', { name: 'calm', value: 1 }, 'other-ingest-key-of-tests')).status).toBe(200)
})
