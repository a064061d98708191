import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { createLogDrainCommands } from '../../lib/adapters/supabase/log-drains.ts'
import { hashApiKey } from '../../lib/adapters/system/hash-api-key.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import { saveLogDrain } from '../../lib/commands/log-drain/save.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const KEY = 'drain-key-of-tests'
const SECRET = 'a-secret-of-the-drain'
/** The fixture, as if it had been delivered now. */
const NOW = Date.now()
const LINES = JSON.parse(
  readFileSync(new URL('../fixtures/vercel-drain/delivery.json', import.meta.url), 'utf8').replace(
    /("timestamp": )(\d{13})\b/g,
    (_, name: string, at: string) => `${name}${Number(at) - 1_573_817_187_330 + NOW}`,
  ),
) as { id: string }[]

let stack: TestStack
let url: string
let projectId: string

beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  const [project] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values ('shop', 'shop') returning id`
  projectId = project?.id ?? ''
  await stack.sql`
    insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by)
    values (${projectId}, 'drain', 'key', ${hashApiKey(KEY)}, '{ingest}', 'test')`
  const route = createFunctionRouter(ROOT, [])
  url = await serve(async (request) => {
    const match = route(new URL(request.url))
    return match ? runFunction(match.file, request, (file) => import(file)) : new Response(null, { status: 404 })
  })
})

async function deliver(lines: readonly object[], headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/ingest/logdrain`, {
    method: 'POST',
    body: JSON.stringify(lines),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...headers },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function figures() {
  const [row] = await stack.sql<{ lines: number; requests: number; runs: number }[]>`
    select count(*)::int as lines, count(*) filter (where measured = 'request')::int as requests,
      count(*) filter (where measured = 'function')::int as runs
    from public.logs where project_id = ${projectId} and source = 'vercel'`
  return row
}

test('a delivery is in the database, and counts once however it is repeated or cut', async () => {
  expect(await deliver(LINES)).toMatchObject({ status: 200, body: { rejected: 0, replayed: false } })
  const first = await figures()
  expect(first).toEqual({ lines: 17, requests: 9, runs: 1 })
  expect(await deliver(LINES)).toMatchObject({ body: { replayed: true } })
  for (const part of [LINES.slice(3), LINES.slice(0, 4), LINES.toReversed()]) {
    expect(await deliver(part)).toMatchObject({ status: 200, body: { replayed: false } })
  }
  expect(await figures()).toEqual(first)
})

test('requests become figures by status class, environment and route', async () => {
  await stack.sql`select public.rollup_series(1000)`
  const rows = await stack.sql<{ of: string; n: number }[]>`
    select series.attributes ->> 'http.response.status_class' as of, sum(samples.value)::int as n
    from public.series join public.samples on samples.series_id = series.id
    where series.project_id = ${projectId} and series.name = 'http.server.requests' group by 1 order by 1`
  expect(rows.map(({ of, n }) => [of, n])).toEqual([
    ['2xx', 3],
    ['3xx', 2],
    ['4xx', 3],
    ['5xx', 1],
  ])
  const [duration] = await stack.sql`
    select series.attributes ->> 'http.route' as route, histograms.sum
    from public.series join public.histogram_samples as histograms on histograms.series_id = series.id
    where series.project_id = ${projectId} and series.name = 'http.server.request.duration'`
  expect(duration).toEqual({ route: '/api/orders/[id]', sum: expect.closeTo(0.0117, 9) })
})

test('once a secret is set, what it did not sign is turned away and noted', async () => {
  const { client } = await stack.user('admin', projectId)
  const secretBox = createSecretBox(process.env.VIGIE_SECRET_KEY ?? '')
  const deps = { commands: createLogDrainCommands(client as never), secretBox }
  expect(await saveLogDrain(deps, projectId, { verifyToken: 'code', secret: SECRET })).toMatchObject({ ok: true })
  const lines = [{ ...LINES[0], id: 'signed' }]
  const noted = async () =>
    (await stack.sql`select last_error, last_received_at from public.log_drains where project_id = ${projectId}`)[0]
  expect((await deliver(lines)).status).toBe(401)
  expect((await deliver(lines, { 'x-vercel-signature': '0'.repeat(40) })).status).toBe(403)
  expect(await noted()).toMatchObject({ last_error: 'wrong_signature' })
  const signature = createHmac('sha1', SECRET).update(JSON.stringify(lines)).digest('hex')
  expect(await deliver(lines, { 'x-vercel-signature': signature })).toMatchObject({
    status: 200,
    body: { accepted: 1 },
  })
  expect(await noted()).toMatchObject({ last_error: null, last_received_at: expect.any(Date) })
})

test('a packed delivery of lines is taken, too', async () => {
  const text = `${JSON.stringify({ ...LINES[0], id: 'packed' })}\n${JSON.stringify({ ...LINES[1], id: 'packed too' })}\n`
  const body = new Uint8Array(gzipSync(text))
  const response = await fetch(`${url}/api/ingest/logdrain`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      authorization: `Bearer ${KEY}`,
      'x-vercel-signature': createHmac('sha1', SECRET).update(body).digest('hex'),
    },
  })
  expect(await response.json()).toMatchObject({ accepted: 2, rejected: 0 })
})

test('Vercel is told who owns the address', async () => {
  const response = await fetch(`${url}/api/ingest/logdrain?project=${projectId}`)
  expect([response.status, response.headers.get('x-vercel-verify')]).toEqual([200, 'code'])
  const post = await fetch(`${url}/api/ingest/logdrain?project=${projectId}`, { method: 'POST' })
  expect([post.status, post.headers.get('x-vercel-verify')]).toEqual([200, 'code'])
})
