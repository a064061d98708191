import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createFeedbackStore } from '../../lib/adapters/supabase/feedback-store.ts'
import { hashApiKey } from '../../lib/adapters/system/hash-api-key.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const ADDRESS = '/api/ingest/feedback'
/** Each asks a database; what is read of a body is fuzzed a thousand times beside the adapter. */
const RUNS = 40
const FUZZ_TIMEOUT_MS = 60_000

let stack: TestStack
let url: string
beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  // The fuzzing below asks more often than any sender.
  process.env.RATE_LIMIT_MAX = '100000'
  await addProject('shop')
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

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${ADDRESS}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: 'Bearer shop-ingest-key-of-tests', ...headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const send = (answer: Record<string, unknown>, as = 'shop') =>
  post(JSON.stringify(answer), { authorization: `Bearer ${as}-ingest-key-of-tests` })

const answersOf = (id: string) => stack.sql<{ rating: number; comment: string; source: string; answered_at: Date }[]>`
  select rating, comment, source, answered_at from public.feedback where project_id = ${id} order by answered_at`

describe('who may send', () => {
  test.each([
    ['no key', { authorization: '' }, 401],
    ['an unknown key', { authorization: 'Bearer nobody' }, 401],
    ['a key for reading', { authorization: 'Bearer shop-read-key-of-tests' }, 403],
    ['a key for sending', {}, 200],
  ])('%s is answered', async (_, headers, status) => {
    const answer = await post('{"id":"who-may-send","rating":5}', headers)
    expect(answer.status).toBe(status)
    if (status !== 200) expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })
})

/** As the widget sends it: no key of the API, text/plain, and the origin that the browser adds. */
async function visit(answer: unknown, { origin = 'https://shop.example.com', address = '192.0.2.7' } = {}) {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const response = await fetch(`${url}${ADDRESS}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin, 'x-real-ip': address },
  })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const siteOf = async (id: string) =>
  (await stack.sql<{ key: string }[]>`select public_key as key from public.sites where project_id = ${id}`)[0]?.key

describe('a browser', () => {
  test('sends with the public key of a site, and its page may read the answer', async () => {
    const id = await addProject('visited')
    const site = await siteOf(id)
    expect((await visit({ site, id: 'visit-01', rating: 5, page: '/orders/42?x=1' })).body).toMatchObject({
      accepted: 1,
    })
    expect((await visit({ site, id: 'visit-01', rating: 4, page: '/orders/42' })).body).toMatchObject({
      replayed: true,
    })
    expect(await answersOf(id)).toMatchObject([{ rating: 4, source: 'browser' }])
    const preflight = await fetch(`${url}${ADDRESS}`, { method: 'OPTIONS' })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
  test('cannot replace what a server said under the same id', async () => {
    const id = await addProject('apart')
    await send({ id: 'answer-1', rating: 5 }, 'apart')
    await visit({ site: await siteOf(id), id: 'answer-1', rating: 1 })
    expect((await answersOf(id)).map(({ rating, source }) => `${source} ${rating}`).sort()).toEqual([
      'browser 1',
      'server 5',
    ])
  })
  test.each([
    ['without a key', {}, 401],
    ['with a key that is nobody’s', { site: 'site_00000000000000000000000000000000' }, 403],
    ['with a key of the wrong kind', { site: 7 }, 401],
    ['with a key that Postgres could not read', { site: '\0\ud800' }, 403],
  ])('%s is refused', async (_, key, status) => {
    const answer = await visit({ id: 'answer-1', rating: 5, ...key })
    expect([answer.status, (answer.body.errors as { field: string }[])[0]?.field]).toEqual([status, 'site'])
  })
  test('is told which field is wrong, and the admins of its project are, too', async () => {
    const id = await addProject('mistaken')
    const answer = await visit({ site: await siteOf(id), id: 'answer-1', rating: 7 })
    expect([answer.status, (answer.body.errors as { field: string }[])[0]?.field]).toEqual([400, 'rating'])
    const [day] = await stack.sql`select code, message from public.ingest_days where project_id = ${id}`
    expect(day).toEqual({ code: 'invalid', message: 'rating must be 1, 2, 3, 4 or 5.' })
  })
  test('of a page that the project does not allow is refused, one that it allows is not', async () => {
    const id = await addProject('origins')
    await stack.sql`update public.sites set allowed_origins = '{https://shop.example.com}' where project_id = ${id}`
    const site = await siteOf(id)
    const answer = { site, id: 'answer-1', rating: 5 }
    expect((await visit(answer, { origin: 'https://evil.example.com' })).status).toBe(403)
    expect(await answersOf(id)).toEqual([])
    expect((await visit(answer)).status).toBe(200)
  })
  test('may answer sixty times a minute from one address, and others are not held up by it', async () => {
    const id = await addProject('hasty')
    const site = await siteOf(id)
    const all = await Promise.all(
      Array.from({ length: 70 }, () => visit({ site, id: 'answer-1', rating: 5 }, { address: '192.0.2.99' })),
    )
    const refused = all.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await visit({ site, id: 'answer-2', rating: 5 }, { address: '192.0.2.98' })).status).toBe(200)
    const [bucket] = await stack.sql`select count(*)::int as n from public.rate_buckets where bucket like '%192.0.2%'`
    expect(bucket?.n).toBe(0)
  })
})

describe('what is sent counts once', () => {
  test('a replay and a double click are one answer, and the last one counts', async () => {
    const id = await addProject('twice')
    const first = await send({ id: 'answer-1', rating: 2, comment: 'slow' }, 'twice')
    expect([first.status, first.body]).toEqual([200, { accepted: 1, rejected: 0, rejections: [], replayed: false }])
    expect((await send({ id: 'answer-1', rating: 2, comment: 'slow' }, 'twice')).body).toMatchObject({ replayed: true })
    const [before] = await answersOf(id)
    await send({ id: 'answer-1', rating: 5, comment: '' }, 'twice')
    const all = await answersOf(id)
    expect(all).toMatchObject([{ rating: 5, comment: '', source: 'server' }])
    // Corrected, it stays where it was.
    expect(all[0]?.answered_at).toEqual(before?.answered_at)
    const [day] = await stack.sql`
      select count::int from public.ingest_days where project_id = ${id} and source = 'feedback' and code = ''`
    expect(day?.count).toBe(1)
  })
  test('twenty at once under one id are one answer', async () => {
    const id = await addProject('atonce')
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ id: 'answer-1', rating: 3 }, 'atonce')))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(answers.filter(({ body }) => body.replayed === false)).toHaveLength(1)
    expect(await answersOf(id)).toHaveLength(1)
  })
  test('an older answer that was held up on its way does not undo a newer one', async () => {
    const id = await addProject('late')
    const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString()
    await send({ id: 'answer-1', rating: 5, at: at(1) }, 'late')
    expect((await send({ id: 'answer-1', rating: 1, at: at(9) }, 'late')).body).toMatchObject({ replayed: true })
    expect(await answersOf(id)).toMatchObject([{ rating: 5 }])
  })
  test('one project does not reach the answers of another by using their ids', async () => {
    const [ours, theirs] = [await addProject('ours'), await addProject('theirs')]
    await send({ id: 'answer-1', rating: 5 }, 'ours')
    await send({ id: 'answer-1', rating: 1 }, 'theirs')
    expect([await answersOf(ours), await answersOf(theirs)]).toMatchObject([[{ rating: 5 }], [{ rating: 1 }]])
  })
})

describe('what is refused', () => {
  test.each([
    ['a rating that is none', 'no-rating', { rating: 9 }, 400, 'rating', 'invalid'],
    ['a time long past', 'long-past', { rating: 5, at: '2020-01-01T00:00:00Z' }, 422, 'at', 'too_old'],
    ['a time to come', 'to-come', { rating: 5, at: '2099-01-01T00:00:00Z' }, 422, 'at', 'too_new'],
  ])('%s is told by field, counted for the admins, and not kept', async (_, slug, answer, status, field, code) => {
    const id = await addProject(slug)
    const told = await send({ id: 'answer-1', ...answer }, slug)
    expect([told.status, (told.body.errors as { field: string }[])[0]?.field]).toEqual([status, field])
    expect(await answersOf(id)).toEqual([])
    const [day] = await stack.sql`
      select code, count::int from public.ingest_days where project_id = ${id} and source = 'feedback'`
    expect(day).toEqual({ count: 1, code })
  })
  test('more than ten thousand new ones in a day, while those that are known may still be corrected', async () => {
    const id = await addProject('flood')
    await send({ id: 'answer-1', rating: 5 }, 'flood')
    await stack.sql`update public.ingest_days set count = 10000 where project_id = ${id} and source = 'feedback'`
    const told = await send({ id: 'answer-2', rating: 5 }, 'flood')
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '3600'])
    expect((await send({ id: 'answer-1', rating: 4 }, 'flood')).status).toBe(200)
    expect(await answersOf(id)).toMatchObject([{ rating: 4 }])
  })
})

test('answers are forgotten after thirteen months', async () => {
  const id = await addProject('old')
  for (const answer of ['answer-1', 'answer-2']) await send({ id: answer, rating: 5, comment: answer }, 'old')
  await stack.sql`
    update public.feedback set answered_at = now() - interval '13 months 1 day' where project_id = ${id} and comment = 'answer-1'`
  await createFeedbackStore(stack.service as never).prune()
  expect(await answersOf(id)).toMatchObject([{ comment: 'answer-2' }])
})

describe('whatever is sent is answered 2xx, or 4xx with a field', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const SEED = {
    id: 'answer-1',
    rating: 4,
    comment: 'good',
    page: '/',
    perceivedSpeed: 3,
    loadMs: 1200,
    locale: 'en',
    release: 'v1',
    environment: 'production',
    at: Date.now(),
  }
  const nasty = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      -1,
      1e308,
      2 ** 53,
      '',
      '\0',
      '\ud800',
      '🙂',
      'x'.repeat(5_000),
      [],
      {},
      [[[]]],
      true,
    ),
    fc.jsonValue(),
  )
  const mutated = fc.record({ key: fc.constantFrom(...Object.keys(SEED), '__proto__', 'more'), value: nasty })
  async function expectSound(body: BodyInit, headers: Record<string, string> = {}) {
    const answer = await post(body, headers)
    if (answer.status === 200) return
    expect([400, 413, 415, 422]).toContain(answer.status)
    const errors = answer.body.errors as { field: unknown; message: unknown }[]
    expect(errors.length).toBeGreaterThan(0)
    for (const { field, message } of errors) expect([typeof field, typeof message]).toEqual(['string', 'string'])
  }
  test('also of a browser', async () => {
    const site = await siteOf(await addProject('fuzzed'))
    let count = 0
    await fc.assert(
      fc.asyncProperty(mutated, async ({ key, value }) => {
        count += 1
        const answer = await visit({ ...SEED, site, [key]: value }, { address: `198.51.100.${count}` })
        if (answer.status === 200) return
        expect([400, 422]).toContain(answer.status)
        expect((answer.body.errors as unknown[]).length).toBeGreaterThan(0)
      }),
      { numRuns: RUNS },
    )
  })
  test('with any of its values replaced by any other', async () => {
    const bodies = fc
      .array(mutated, { minLength: 1, maxLength: 3 })
      .map((changes) =>
        JSON.stringify({ ...SEED, ...Object.fromEntries(changes.map(({ key, value }) => [key, value])) }),
      )
    await fc.assert(
      fc.asyncProperty(bodies, (body) => expectSound(body)),
      { numRuns: RUNS },
    )
  })
  test('any JSON, any bytes, and a body that ends anywhere', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(SEED))
    const bodies = fc.oneof(
      fc.json(),
      fc.uint8Array({ maxLength: 64 }).map((some) => new Uint8Array(some)),
      fc.nat(bytes.length).map((end) => bytes.slice(0, end)),
    )
    await fc.assert(
      fc.asyncProperty(bodies, (body) => expectSound(body)),
      { numRuns: RUNS },
    )
  })
  test.each<[string, string, Record<string, string>]>([
    ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, {}],
    ['no type', '{}', { 'content-type': '' }],
    ['a form', 'rating=5', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a packing that is none', '{}', { 'content-encoding': 'gzip' }],
    ['more than may be', 'x'.repeat(4 * 1024 * 1024 + 1), {}],
  ])('%s', (_, body, headers) => expectSound(body, headers))
})
