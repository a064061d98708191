import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSentryErrorCounter } from '../../lib/adapters/ingest/sentry/error-counter.ts'
import { createErrorCollectionStore } from '../../lib/adapters/supabase/error-collection-store.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import { HOUR, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { collectErrors } from '../../lib/tasks/collect-errors.ts'
import { serve } from '../api/support/serve.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { testStack } from '../support/stack.ts'

const START_AT = Date.UTC(2026, 10, 23, 9)
const TOKEN = 'sntrys_0123456789abcdef'
const secretBox = createSecretBox('a key for tests')
const stack = await testStack()
const { sql, service } = stack

/** Stands for the API of Sentry: knows one token and one project, and counts three errors in each hour, the one that runs included. */
const sentry = { asked: [] as URL[], status: 200, body: null as string | null }
const baseUrl = await serve(async (request) => {
  const url = new URL(request.url)
  sentry.asked.push(url)
  if (request.headers.get('authorization') !== `Bearer ${TOKEN}`) return new Response('{}', { status: 401 })
  if (sentry.status !== 200) return new Response('away', { status: sentry.status })
  if (sentry.body !== null) return new Response(sentry.body)
  if (url.pathname === '/api/0/projects/acme/shop/') return Response.json({ id: '17', slug: 'shop' })
  if (url.pathname !== '/api/0/organizations/acme/stats_v2/') return new Response('{}', { status: 404 })
  const from = Date.parse(url.searchParams.get('start') ?? '')
  const until = Date.parse(url.searchParams.get('end') ?? '')
  const intervals = Array.from({ length: (until - from) / HOUR + 1 }, (_, index) => toIso(from + index * HOUR))
  return Response.json({
    intervals: intervals.map((at) => at.replace('.000Z', 'Z')),
    groups: [{ by: {}, totals: {}, series: { 'sum(quantity)': intervals.map(() => 3) } }],
  })
})

let clock: FakeClock
let projectId: string
beforeEach(async () => {
  await sql`truncate public.projects cascade`
  clock = await createFakeClock(sql, START_AT)
  await sql`select private.ensure_telemetry_partitions(to_timestamp(${START_AT / 1_000}))`
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('shop', 'shop') returning id`
  projectId = project?.id ?? ''
})
afterEach(() => {
  Object.assign(sentry, { asked: [], status: 200, body: null })
})

async function connect(token = TOKEN, organization = 'acme', secret = secretBox.seal(token)): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into public.integrations (project_id, kind, name, has_token, config)
    values (${projectId}, 'sentry', 'sentry', true, ${sql.json({ organization, project: 'shop' })}) returning id`
  await sql`
    insert into public.integration_secrets (integration_id, project_id, purpose, ciphertext)
    values (${row?.id ?? ''}, ${projectId}, 'api', ${secret})`
  return row?.id ?? ''
}

function collect() {
  return collectErrors({
    store: createErrorCollectionStore(service as never),
    counter: createSentryErrorCounter(baseUrl),
    secretBox,
    log: { error: (event, fields) => expect.fail(`${event} ${JSON.stringify(fields)}`) },
  })
}

async function counted(): Promise<{ hours: number; errors: number; latest: Date | null }> {
  const [row] = await sql<{ hours: number; errors: number; latest: Date | null }[]>`
    select count(*)::int as hours, coalesce(sum(value), 0)::int as errors, max(at) as latest
    from public.samples join public.series on series.id = series_id where series.name = 'errors'`
  return row ?? { hours: 0, errors: 0, latest: null }
}

async function problemOf(id: string) {
  const [row] = await sql`select last_error, last_error_detail from public.integrations where id = ${id}`
  return row
}

test('the first time counts the whole hours of a day, and then each hour once', async () => {
  await connect()
  await clock.runTo(START_AT + 2 * MINUTE)
  expect(await collect()).toEqual({ collected: 1, failed: 0 })
  expect(await counted()).toEqual({ hours: 22, errors: 66, latest: new Date(START_AT - 1) })
  expect(sentry.asked.at(-1)?.searchParams.get('project')).toBe('17')
  expect(await collect()).toEqual({ collected: 0, failed: 0 })
  await clock.runTo(START_AT + HOUR + 2 * MINUTE)
  expect(await collect()).toEqual({ collected: 1, failed: 0 })
  expect(await counted()).toEqual({ hours: 23, errors: 69, latest: new Date(START_AT + HOUR - 1) })
})

test('the hour that still runs is left for later', async () => {
  await connect()
  await clock.runTo(START_AT + 30 * MINUTE)
  await collect()
  expect((await counted()).latest).toEqual(new Date(START_AT - 1))
})

test.each([
  [500, 'other_status'],
  [403, 'token_forbidden'],
  [429, 'too_often'],
])(
  'an answer %i is kept with the connection and tried again, and later hours make up for it',
  async (status, detail) => {
    const id = await connect()
    sentry.status = status
    expect(await collect()).toEqual({ collected: 0, failed: 1 })
    expect(await problemOf(id)).toEqual({ last_error: 'provider', last_error_detail: detail })
    sentry.status = 200
    expect(await collect()).toEqual({ collected: 0, failed: 0 })
    await clock.runTo(START_AT + 11 * MINUTE)
    expect(await collect()).toEqual({ collected: 1, failed: 0 })
    expect(await problemOf(id)).toEqual({ last_error: null, last_error_detail: null })
    expect((await counted()).hours).toBeGreaterThan(0)
  },
)

test.each(['not json', '{}', '{"id":"x"}', '[]'])('an answer that is none is kept as a problem: %s', async (body) => {
  const id = await connect()
  sentry.body = body
  await collect()
  expect(await problemOf(id)).toMatchObject({ last_error: 'provider' })
})

test('one connection with a wrong token, or one that cannot be opened, stops no other', async () => {
  const wrong = await connect('sntrys_of_somebody_else')
  const sealedOtherwise = await connect(TOKEN, 'acme', createSecretBox('another key').seal(TOKEN))
  await connect()
  expect(await collect()).toEqual({ collected: 1, failed: 2 })
  expect((await problemOf(wrong))?.last_error_detail).toBe('token_unknown')
  expect((await problemOf(sealedOtherwise))?.last_error_detail).toBe('token_sealed_otherwise')
  expect(JSON.stringify(await sql`select * from public.integrations`)).not.toContain(TOKEN)
})

test('two workers at once ask once, and a late one stores nothing', async () => {
  await connect()
  const store = createErrorCollectionStore(service as never)
  const { claims } = await store.claim(10)
  expect((await store.claim(10)).claims).toEqual([])
  await clock.runTo(START_AT + 6 * MINUTE)
  expect(await collect()).toEqual({ collected: 1, failed: 0 })
  const [claim] = claims
  if (claim === undefined) throw new Error('nothing was claimed')
  expect(await store.finish(claim, { error: 'timeout' })).toBe(false)
})

test('without slugs of organization and project nothing is asked', async () => {
  await connect(TOKEN, '')
  expect(await collect()).toEqual({ collected: 0, failed: 0 })
  expect(sentry.asked).toEqual([])
})
