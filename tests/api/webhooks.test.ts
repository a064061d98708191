import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import type { IntegrationKind } from '../../lib/domain/deployment/integration.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { readVercelConfig } from '../../lib/local/vercel-config.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const SECRET = 'a-secret-of-the-tests'
const KINDS = ['vercel', 'railway', 'github', 'sentry'] as const

let stack: TestStack
let url: string
let shop: Connections
let other: Connections

interface Connections {
  projectId: string
  ids: Record<IntegrationKind, string>
  keys: Record<IntegrationKind, string>
}

beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  shop = await connectAll('shop')
  other = await connectAll('other')
  // The functions as they are deployed, found the way Vercel finds them.
  const route = createFunctionRouter(ROOT, readVercelConfig(ROOT).rewrites)
  url = await serve(async (request) => {
    const match = route(new URL(request.url))
    return match ? runFunction(match.file, request, (file) => import(file)) : new Response(null, { status: 404 })
  })
})
beforeEach(async () => {
  await stack.sql`truncate public.ingest_batches, public.deployments, public.error_issues, public.series, public.samples, public.rate_buckets cascade`
  await stack.sql`update public.integrations set refused_count = 0, last_error = null, last_received_at = null, enabled = true`
})

async function connectAll(slug: string): Promise<Connections> {
  const [project] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`
  const projectId = project?.id ?? ''
  const ciphertext = createSecretBox(process.env.VIGIE_SECRET_KEY ?? '').seal(SECRET)
  const made = await Promise.all(
    KINDS.map(async (kind) => {
      const [row] = await stack.sql<{ id: string; key: string }[]>`
        insert into public.integrations (project_id, kind, name, has_secret) values (${projectId}, ${kind}, ${kind}, true)
        returning id, key`
      await stack.sql`
        insert into public.integration_secrets (integration_id, project_id, purpose, ciphertext)
        values (${row?.id ?? ''}, ${projectId}, 'webhook', ${ciphertext})`
      return [kind, row] as const
    }),
  )
  const each = (field: 'id' | 'key') =>
    Object.fromEntries(made.map(([kind, row]) => [kind, row?.[field] ?? ''])) as Record<IntegrationKind, string>
  return { projectId, ids: each('id'), keys: each('key') }
}

function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8')
}

function signed(kind: IntegrationKind, body: string, secret = SECRET): Record<string, string> {
  const hmac = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex')
  switch (kind) {
    case 'vercel':
      return { 'x-vercel-signature': hmac('sha1') }
    case 'github':
      return { 'x-hub-signature-256': `sha256=${hmac('sha256')}` }
    case 'sentry':
      return { 'sentry-hook-signature': hmac('sha256') }
    case 'railway':
      return {}
  }
}

function addressOf(kind: IntegrationKind, key = shop.keys[kind], secret = SECRET): string {
  return `/api/ingest/${kind}/${key}${kind === 'railway' ? `/${secret}` : ''}`
}

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? 'null' : text) }
}

function send(kind: IntegrationKind, path: string, headers: Record<string, string> = {}) {
  const body = fixture(path)
  return post(addressOf(kind), body, { ...signed(kind, body), ...headers })
}

function errorOfNow(): string {
  return fixture('sentry/error-created').replaceAll('1792996837.391', String(Date.now() / 1_000))
}

const deployments = () => stack.sql`select source, status, project_id from public.deployments order by id`
const stateOf = async (kind: IntegrationKind) => {
  const [row] = await stack.sql<{ refused_count: number; last_error: string | null; last_received_at: Date | null }[]>`
    select refused_count, last_error, last_received_at from public.integrations where id = ${shop.ids[kind]}`
  return row
}
const DEPLOYMENT = { vercel: 'vercel/deployment-created', railway: 'railway/deploy-success' } as const
const STATUS = { 'x-github-event': 'deployment_status', 'x-github-delivery': 'd1' }

describe('who may call', () => {
  test.each([
    ['vercel', DEPLOYMENT.vercel, {}],
    ['railway', DEPLOYMENT.railway, {}],
    ['github', 'github/deployment-status-success', STATUS],
    ['sentry', 'sentry/issue-created', { 'sentry-hook-resource': 'issue' }],
  ] as const)('%s with the right secret, and nobody with another one or none', async (kind, path, headers) => {
    const body = fixture(path)
    const wrong = await post(addressOf(kind, undefined, 'wrong'), body, { ...signed(kind, body, 'wrong'), ...headers })
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('content-type')).toBe('application/problem+json')
    expect(await stateOf(kind)).toMatchObject({
      refused_count: 1,
      last_error: 'signature_wrong',
      last_received_at: null,
    })
    const missing = await post(`/api/ingest/${kind}/${shop.keys[kind]}`, body, headers)
    expect(missing.status).toBe(401)
    expect(await stateOf(kind)).toMatchObject({ refused_count: 2, last_error: 'signature_missing' })
    expect(await send(kind, path, headers)).toMatchObject({ status: 200, body: { accepted: 1, replayed: false } })
    const state = await stateOf(kind)
    expect(state).toMatchObject({ refused_count: 0, last_error: null })
    expect(state?.last_received_at).toBeInstanceOf(Date)
  })
  test('an unknown address, that of another platform, and one that is switched off are not found', async () => {
    const body = fixture(DEPLOYMENT.vercel)
    const headers = signed('vercel', body)
    await stack.sql`update public.integrations set enabled = false where id = ${shop.ids.vercel}`
    const paths = [
      `/api/ingest/vercel/${'0'.repeat(32)}`,
      '/api/ingest/vercel/short',
      '/api/ingest/vercel',
      addressOf('vercel', shop.keys.github),
      addressOf('vercel'),
    ]
    for (const path of paths) expect((await post(path, body, headers)).status).toBe(404)
    expect(await deployments()).toHaveLength(0)
  })
  test('a connection without a secret takes nothing, and says what is missing', async () => {
    const [row] = await stack.sql<{ id: string; key: string }[]>`
      insert into public.integrations (project_id, kind, name) values (${shop.projectId}, 'vercel', 'new') returning id, key`
    const body = fixture(DEPLOYMENT.vercel)
    const answer = await post(addressOf('vercel', row?.key), body, signed('vercel', body, ''))
    expect(answer).toMatchObject({ status: 401, body: { detail: expect.stringContaining('secret') } })
    const [after] = await stack.sql`select last_error from public.integrations where id = ${row?.id ?? ''}`
    expect(after).toEqual({ last_error: 'no_secret' })
  })
  test('what a call tells belongs to the project of its address', async () => {
    await send('vercel', DEPLOYMENT.vercel)
    expect(await deployments()).toMatchObject([{ project_id: shop.projectId }])
    const body = fixture(DEPLOYMENT.vercel)
    await post(addressOf('vercel', other.keys.vercel), body, signed('vercel', body))
    expect((await deployments()).map(({ project_id }) => project_id)).toEqual([shop.projectId, other.projectId])
  })
  test('whoever calls too often is told when to come back', async () => {
    await stack.sql`select public.take_tokens(${`webhook:${shop.ids.vercel}`}, 200, 60, 200)`
    const answer = await send('vercel', DEPLOYMENT.vercel)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await deployments()).toHaveLength(0)
  })
  test('only POST is taken', async () => {
    expect((await fetch(`${url}${addressOf('vercel')}`)).status).toBe(405)
  })
})

describe('what is told is in the database', () => {
  test('a deployment of Vercel, told the wrong way round and twice', async () => {
    for (const name of ['succeeded', 'created', 'ready', 'created']) await send('vercel', `vercel/deployment-${name}`)
    const rows = await stack.sql`
      select status, environment, branch, commit_message, created_at, ready_at, finished_at from public.deployments`
    expect(rows).toEqual([
      {
        status: 'succeeded',
        environment: 'production',
        branch: 'main',
        commit_message: 'checkout: retry the card once',
        created_at: new Date(1793000000000),
        ready_at: new Date(1793000061000),
        finished_at: new Date(1793000061000),
      },
    ])
  })
  test('a deployment of GitHub and one of Railway', async () => {
    await send('github', 'github/deployment', { 'x-github-event': 'deployment' })
    await send('github', 'github/deployment-status-success', STATUS)
    await send('railway', 'railway/deployment-building')
    await send('railway', 'railway/deployment-crashed')
    expect(await deployments()).toMatchObject([
      { source: 'github', status: 'succeeded' },
      { source: 'railway', status: 'crashed' },
    ])
  })
  test('an issue of Sentry: its figures grow, and its newest status holds', async () => {
    const at = (resource: string, seconds: number) => ({
      'sentry-hook-resource': resource,
      'sentry-hook-timestamp': String(seconds),
    })
    await send('sentry', 'sentry/issue-resolved', at('issue', 1_793_010_000))
    await send('sentry', 'sentry/issue-created', at('issue', 1_793_000_000))
    await send('sentry', 'sentry/error-created', at('error', 1_793_000_001))
    const rows = await stack.sql`
      select short_id, status, greatest(told_count, event_count)::int as count, user_count::int, release, level from public.error_issues`
    expect(rows).toEqual([
      { short_id: 'SHOP-9', status: 'resolved', count: 57, user_count: 12, release: 'shop@3f1c9a2', level: 'error' },
    ])
  })
  test('an error adds one to the counter of errors, however often it is told', async () => {
    const event = errorOfNow()
    for (const id of ['r1', 'r1', 'r2']) {
      const headers = { 'sentry-hook-resource': 'error', 'request-id': id }
      await post(addressOf('sentry'), event, { ...signed('sentry', event), ...headers })
    }
    const rows = await stack.sql`
      select series.name, series.attributes, samples.value from public.samples join public.series on series.id = samples.series_id`
    expect(rows).toEqual([{ name: 'errors', attributes: { level: 'error', release: 'shop@3f1c9a2' }, value: 1 }])
    expect(await stack.sql`select event_count::int from public.error_issues`).toEqual([{ event_count: 1 }])
  })
  test('where the API is asked for counts, single errors are listed and not counted twice', async () => {
    const config = stack.sql.json({ organization: 'acme', project: 'shop' })
    await stack.sql`update public.integrations set has_token = true, config = ${config} where id = ${shop.ids.sentry}`
    const event = errorOfNow()
    await post(addressOf('sentry'), event, { ...signed('sentry', event), 'sentry-hook-resource': 'error' })
    expect(await stack.sql`select event_count::int from public.error_issues`).toEqual([{ event_count: 1 }])
    expect(await stack.sql`select from public.samples`).toHaveLength(0)
    await stack.sql`update public.integrations set has_token = false, config = '{}' where id = ${shop.ids.sentry}`
  })
  test('the same delivery with another body is a repetition, and so is the same body with another id', async () => {
    const success = fixture('github/deployment-status-success')
    const progress = fixture('github/deployment-status-in-progress')
    const call = (body: string, id: string) =>
      post(addressOf('github'), body, { ...signed('github', body), ...STATUS, 'x-github-delivery': id })
    expect((await call(progress, 'a')).body.replayed).toBe(false)
    expect((await call(success, 'a')).body.replayed).toBe(true)
    expect((await call(progress, 'b')).body.replayed).toBe(true)
    expect(await deployments()).toMatchObject([{ status: 'building' }])
  })
  test('two calls at once with the same body count once', async () => {
    const event = errorOfNow()
    const headers = { ...signed('sentry', event), 'sentry-hook-resource': 'error' }
    const answers = await Promise.all([1, 2, 3].map(() => post(addressOf('sentry'), event, headers)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await stack.sql`select event_count::int from public.error_issues`).toEqual([{ event_count: 1 }])
  })
  test('events of which nothing is kept are named, and count as received', async () => {
    expect(await send('github', 'github/ping', { 'x-github-event': 'ping' })).toMatchObject({
      status: 200,
      body: { accepted: 0, passedOver: 'ping' },
    })
    expect((await stateOf('github'))?.last_received_at).not.toBeNull()
  })
})

describe('bad input', () => {
  test.each([
    ['another content type', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media_type'],
    ['no JSON', '{"type"', {}, 400, 'unreadable'],
    ['too much', `"${'x'.repeat(4.2 * 1024 * 1024)}"`, {}, 413, 'too_large'],
    ['no deployment in it', '{"type":"deployment.created","payload":{}}', {}, 400, 'unreadable'],
  ])('%s is refused with a reason that the admins see', async (_, body, headers, status, code) => {
    const answer = await post(addressOf('vercel'), body, { ...signed('vercel', body), ...headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await stateOf('vercel')).toMatchObject({ refused_count: 1, last_error: code })
  })
  test('whatever is signed rightly is answered 2xx or 4xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map((payload) => JSON.stringify({ type: 'deployment.created', payload })),
        ),
        fc.constantFrom('issue', 'error', 'metric_alert', 'deployment', 'deployment_status', 'x'),
        async (kind, body, event) => {
          const headers = { ...signed(kind, body), 'x-github-event': event, 'sentry-hook-resource': event }
          const { status } = await post(addressOf(kind), body, headers)
          expect([200, 400]).toContain(status)
        },
      ),
      { numRuns: 80 },
    )
  })
})
