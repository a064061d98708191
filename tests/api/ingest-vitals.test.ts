import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const PATH = '/api/ingest/vitals'
const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0'

let stack: TestStack
let url: string
let projectId: string
let site: string
let count = 0

beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  // The function as it is deployed, found the way Vercel finds it.
  const route = createFunctionRouter(ROOT, [])
  url = await serve(async (request) => {
    const match = route(new URL(request.url))
    return match ? runFunction(match.file, request, (file) => import(file)) : new Response(null, { status: 404 })
  })
})
beforeEach(async () => {
  count += 1
  const [row] = await stack.sql<{ id: string; key: string }[]>`
    with made as (insert into public.projects (slug, name) values (${`shop-${count}`}, 'Shop') returning id) select id from made`
  projectId = row?.id ?? ''
  const [made] = await stack.sql<{ key: string }[]>`
    select public_key as key from public.sites where project_id = ${projectId}`
  site = made?.key ?? ''
})

const lcp = { name: 'LCP', value: 1_234.5, id: 'v5-1' }
const message = (changes: object = {}) => JSON.stringify({ site, page: '/cart', metrics: [lcp], ...changes })
const send = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${url}${PATH}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'user-agent': DESKTOP,
      'x-real-ip': '203.0.113.7',
      ...headers,
    },
  })
const rows = () => stack.sql`
  select metric, value, page, device, country, release from public.vitals where project_id = ${projectId} order by metric`
const users = async () => {
  const [row] = await stack.sql<{ n: number }[]>`
    select coalesce(max(user_count), 0)::integer as n from public.active_users where project_id = ${projectId} and period = 'day'`
  return row?.n
}

describe('what is taken', () => {
  test('a beacon as browsers send it: text/plain, with what the edge and the browser say of the device and the country', async () => {
    const response = await send(message({ page: '/orders/17?token=x', release: '1.4.2' }), {
      'x-vercel-ip-country': 'FR',
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ accepted: 1, rejected: 0, errors: [] })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const facts = { device: 'desktop', country: 'FR', release: '1.4.2' }
    expect(await rows()).toEqual([{ metric: 'lcp', value: 1_234.5, page: '/orders/:id', ...facts }])
  })

  test('what web-vitals hands over as it is, FID of older clients, and JSON by its own name', async () => {
    const metrics = [
      { ...lcp, rating: 'good', delta: 3, navigationType: 'navigate', entries: [{ startTime: 1, size: 5 }] },
      { name: 'FID', value: 12, id: 'v4-1' },
      { name: 'load', value: 2_000, id: 'load-1' },
      { name: 'cls', value: 0, id: 'v5-2' },
    ]
    const response = await send(message({ metrics }), { 'content-type': 'application/json', 'cf-ipcountry': 'de' })
    expect(await response.json()).toMatchObject({ accepted: 4 })
    const taken = await rows()
    expect(taken.map(({ metric }) => metric)).toEqual(['cls', 'fid', 'lcp', 'load'])
    expect(taken[0]).toMatchObject({ country: 'DE' })
  })

  test('the same message again changes nothing; another value of the same metric replaces it', async () => {
    for (const value of [200, 200, 350]) await send(message({ metrics: [{ name: 'INP', value, id: 'v5-9' }] }))
    expect(await rows()).toMatchObject([{ metric: 'inp', value: 350 }])
    expect(await users()).toBe(1)
  })

  test('what is wrong with one metric costs only that one, and is said and counted', async () => {
    const metrics = [
      lcp,
      { name: 'LCP', value: -1, id: 'x' },
      { name: 'CLS', value: 101, id: 'y' },
      { name: 'SPEED', value: 1, id: 'z' },
    ]
    const response = await send(message({ metrics }))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      accepted: 1,
      rejected: 3,
      errors: [
        { field: 'metrics[1].value', message: 'must not be negative' },
        { field: 'metrics[2].value', message: 'must be at most 100 for cls' },
        { field: 'metrics[3].name', message: 'must be one of LCP, INP, CLS, FCP, TTFB, load, FID' },
      ],
    })
    const refused = await stack.sql`
      select source, code, count::integer from public.ingest_days where project_id = ${projectId} and code <> ''`
    expect(refused).toEqual([{ source: 'vitals', code: 'invalid', count: 3 }])
  })

  test('another page may ask before it sends', async () => {
    const response = await fetch(`${url}${PATH}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example.com', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    })
  })
})

describe('privacy', () => {
  test.each([['dnt'], ['sec-gpc']])('nothing is kept of a browser that says %s: 1', async (header) => {
    const response = await send(message(), { [header]: '1' })
    expect(await response.json()).toMatchObject({ accepted: 0, passedOver: 'opted_out' })
    expect(await rows()).toEqual([])
    expect(await users()).toBe(0)
  })

  test('crawlers are nobody’s experience', async () => {
    const response = await send(message(), { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
    expect(await response.json()).toMatchObject({ passedOver: 'crawler' })
    expect(await rows()).toEqual([])
  })

  test('people are told apart by address and browser, and neither is anywhere in the database', async () => {
    await send(message(), { 'x-real-ip': '198.51.100.23' })
    await send(message(), { 'x-real-ip': '198.51.100.23' })
    await send(message(), { 'x-real-ip': '198.51.100.24' })
    await send(message(), { 'x-real-ip': '198.51.100.24', 'user-agent': `${DESKTOP} other` })
    expect(await users()).toBe(3)
    const tables = [
      'vitals',
      'active_visitors',
      'active_users',
      'visitor_salts',
      'ingest_days',
      'rate_buckets',
      'sites',
    ]
    for (const table of tables) {
      const [found] = await stack.sql.unsafe<{ text: string | null }[]>(
        `select json_agg(t)::text as text from public.${table} t`,
      )
      expect(found?.text ?? '').not.toMatch(/198\.51\.100|Firefox|Gecko/)
    }
  })
})

describe('what is refused', () => {
  test.each([
    ['a key of nobody', () => message({ site: 'site_x' }), {}, 403, 'site'],
    ['no key', () => JSON.stringify({ page: '/', metrics: [] }), {}, 400, 'site'],
    ['no page', () => JSON.stringify({ site, metrics: [] }), {}, 400, 'page'],
    ['metrics that are no list', () => message({ metrics: {} }), {}, 400, 'metrics'],
    ['too many metrics', () => message({ metrics: Array(51).fill(lcp) }), {}, 400, 'metrics'],
    ['half a body', () => message().slice(0, 40), {}, 400, ''],
    ['nothing', () => '', {}, 400, ''],
    ['only wrong metrics', () => message({ metrics: [{ ...lcp, value: 600_001 }] }), {}, 422, 'metrics[0].value'],
    ['a form', () => message(), { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'content-type'],
    ['more than 64 KB', () => message({ extra: 'x'.repeat(70_000) }), {}, 413, ''],
    ['what says gzip and is not', () => message(), { 'content-encoding': 'gzip' }, 400, 'content-encoding'],
  ])('%s, naming the field, so that other pages can read why', async (_name, body, headers, status, field) => {
    const response = await send(body(), headers)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({ status, errors: [{ field }] })
    expect(await rows()).toEqual([])
  })

  test('an origin that the project does not allow, and a sender without one; with none set, any', async () => {
    const origin = 'https://shop.example.com'
    expect((await send(message(), { origin: 'https://elsewhere.example.com' })).status).toBe(200)
    await stack.sql`update public.sites set allowed_origins = ${[origin]} where project_id = ${projectId}`
    expect((await send(message(), { origin })).status).toBe(200)
    for (const headers of [{ origin: 'https://elsewhere.example.com' }, {}]) {
      expect((await send(message(), headers)).status).toBe(403)
    }
  })

  test('GET, saying what to use', async () => {
    const response = await fetch(`${url}${PATH}`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('more of one address than the limit, with how long to wait; other addresses go on', async () => {
    await send(message(), { 'x-real-ip': '192.0.2.1' })
    await stack.sql`
      update public.rate_buckets set full_at = now() + interval '2 minutes'
      where bucket like 'vitals:%' and bucket <> ${`vitals:${projectId}`}`
    const refused = await send(message(), { 'x-real-ip': '192.0.2.1' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await send(message(), { 'x-real-ip': '192.0.2.2' })).status).toBe(200)
  })

  test('more of one site than the limit, whatever the addresses', async () => {
    await stack.sql`
      insert into public.rate_buckets (bucket, full_at) values (${`vitals:${projectId}`}, now() + interval '2 minutes')`
    expect((await send(message(), { 'x-real-ip': '192.0.2.9' })).status).toBe(429)
  })
})

describe('bad input', () => {
  const json = fc.jsonValue()
  const measure = fc.record(
    {
      name: fc.oneof(fc.constantFrom('LCP', 'CLS', 'INP', '__proto__', ''), json),
      value: fc.oneof(fc.double(), fc.constantFrom(1e308, -0, 5e-324, 600_000, '1', null), json),
      id: fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom('\0', '\ud800', '🙂'), json),
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    fc.string(),
    fc
      .record(
        {
          site: fc.oneof(fc.constant('SITE'), json),
          page: fc.oneof(
            fc.string({ unit: 'binary', maxLength: 300 }),
            fc.constantFrom('\0', '/\ud800', '//', 'x'.repeat(4_000)),
            json,
          ),
          release: fc.oneof(fc.string({ unit: 'binary' }), json),
          metrics: fc.oneof(fc.array(fc.oneof(measure, json), { maxLength: 60 }), json),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  )

  test('is always answered 2xx or 4xx, never 5xx, and what is taken is in the store', { timeout: 60_000 }, async () => {
    let sent = 0
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (text, isPacked) => {
        sent += 1
        const given = text.replaceAll('"SITE"', JSON.stringify(site))
        const address = `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`
        const headers = { 'x-real-ip': address, ...(isPacked ? { 'content-encoding': 'gzip' } : {}) }
        const response = await send(isPacked ? gzipSync(given) : given, headers)
        const answer = (await response.json()) as { accepted?: number; errors?: { message: string }[] }
        expect(response.status).toBeLessThan(500)
        if (response.status >= 400) expect(answer.errors?.[0]?.message ?? '').not.toBe('')
        else expect(answer.accepted).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 200 },
    )
    await stack.sql`select public.rollup_vitals(1000)`
    const [left] = await stack.sql`select count(*)::integer as n from public.vital_dirty_minutes`
    expect(left).toEqual({ n: 0 })
  })
})
