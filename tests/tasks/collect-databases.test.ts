import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { parseMetricLines } from '../../lib/adapters/ingest/prometheus/metric-lines.ts'
import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createGuardedRequest } from '../../lib/adapters/net/guarded-request.ts'
import { createDatabaseReader } from '../../lib/adapters/net/read-database.ts'
import { createMachineReader } from '../../lib/adapters/net/read-machine.ts'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createDatabaseStore, createOwnDatabaseReader } from '../../lib/adapters/supabase/database-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import type { DatabaseSnapshot } from '../../lib/domain/database/schema.ts'
import { collectDatabases } from '../../lib/tasks/collect-databases.ts'
import { composeCollector, countDurations } from '../../lib/wiring/databases.ts'
import { LOOPBACK, serveHttp, serveTcp } from '../adapters/net/probe-support.ts'
import { createTestDatabase, type Sql } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const { sql } = stack
const client = stack.service as unknown as Client
const secretBox = createSecretBox('a key for tests')
const [made] = await sql<
  { id: string }[]
>`insert into public.projects (slug, name) values ('demo', 'Demo') returning id`
const projectId = made?.id ?? ''
const METRICS = ({ idle, user }: { idle: number; user: number }) => `# HELP node_cpu_seconds_total Seconds
node_cpu_seconds_total{service_type="db",cpu="0",mode="idle"} ${idle}
node_cpu_seconds_total{service_type="db",cpu="0",mode="user"} ${user}
node_memory_MemTotal_bytes{service_type="db"} 1000
node_memory_MemAvailable_bytes{service_type="db"} 250
node_filesystem_size_bytes{mountpoint="/data"} 8e9
node_filesystem_avail_bytes{mountpoint="/data"} 2e9
`

/** A target is a database of its own, reached over TCP as the collector reaches any. */
const target = await createTestDatabase(inject('postgresUrl'))
const targetUrl = new URL(`${target.url}?sslmode=disable`)
afterAll(() => target.drop())

interface Options {
  allow?: string[]
  metricsOrigin?: string
  key?: string
  /** Runs before the store is told. */
  beforeRecord?: () => Promise<void>
}

function deps({ allow = LOOPBACK, metricsOrigin, key, beforeRecord }: Options = {}) {
  const policy = createAddressPolicy(allow)
  const complaints: string[] = []
  const databases = createDatabaseStore(client)
  const complain = (event: string, fields?: Record<string, unknown>) =>
    void complaints.push(`${event} ${JSON.stringify(fields)}`)
  return {
    complaints,
    databases: {
      ...databases,
      record: async (...args: Parameters<typeof databases.record>) => {
        await beforeRecord?.()
        return databases.record(...args)
      },
    },
    collector: composeCollector(
      createDatabaseReader({ allow: policy, connectTimeoutMs: 500, answerTimeoutMs: 5_000 }),
      createOwnDatabaseReader(client),
      createMachineReader({
        request: createGuardedRequest({ allow: policy }),
        parseMetrics: parseMetricLines,
        originOf: () => metricsOrigin ?? 'http://127.0.0.1:1',
      }),
    ),
    telemetry: createTelemetryStore(client),
    secretBox: key === undefined ? secretBox : createSecretBox(key),
    log: { info: () => undefined, warn: complain, error: complain },
    toHistogram: countDurations,
    ownMachine: null,
  }
}

async function addSource(url: string | URL, metricsKey: string | null = null): Promise<{ id: string; key: string }> {
  const key = `s-${randomBytes(4).toString('hex')}`
  const [source] = await sql<{ id: string }[]>`
    insert into public.database_sources (project_id, key, name, kind, address, project_ref)
    values (${projectId}, ${key}, ${key}, 'postgres', 'x', 'abc') returning id`
  const id = source?.id ?? ''
  await sql`
    insert into public.database_source_secrets (source_id, project_id, connection_ciphertext, metrics_key_ciphertext)
    values (${id}, ${projectId}, ${secretBox.seal(String(url))}, ${metricsKey === null ? null : secretBox.seal(metricsKey)})`
  return { id, key }
}

async function stateOf(id: string) {
  const [row] = await sql<{ last_failure: string | null; last_error: string | null; leased_until: Date | null }[]>`
    select last_failure, last_error, leased_until from public.database_sources where id = ${id}`
  return row
}

async function snapshotOf(id: string): Promise<DatabaseSnapshot> {
  const [row] = await sql<
    { data: DatabaseSnapshot }[]
  >`select data from public.database_snapshots where source_id = ${id}`
  if (row === undefined) throw new Error('there is no snapshot')
  return row.data
}

const samplesOf = (key: string, name: string) => sql<{ value: number }[]>`
  select samples.value from public.samples join public.series on series.id = samples.series_id
  where series.name = ${name} and series.attributes ->> 'db.source' = ${key} order by samples.at`

describe('a database that answers', () => {
  test('the one of the installation is there by default, and is looked into without any connection string', async () => {
    const [own] = await sql<{ id: string }[]>`select id from public.database_sources where kind = 'own'`
    const given = deps()
    expect(await collectDatabases(given, own?.id)).toBe(1)
    expect(given.complaints).toEqual([])
    const snapshot = await snapshotOf(own?.id ?? '')
    expect(snapshot).toMatchObject({
      hasFullView: true,
      maxConnections: 200,
      missing: [],
      cacheHitRatio: expect.any(Number),
    })
    expect(snapshot.sizeBytes).toBeGreaterThan(1_000_000)
    expect(snapshot.slowest.length).toBeGreaterThan(0)
  })
  test('the definer function and the questions over the wire find the same in the same database', async () => {
    const reader = createDatabaseReader({ allow: createAddressPolicy(LOOPBACK) })
    const url = new URL((await ownUrl(sql)).href)
    const [own, wire] = await Promise.all([createOwnDatabaseReader(client)(), reader(connectionOf(url))])
    if (!own.ok || !wire.ok) throw new Error('one of them was not read')
    expect(Object.keys(wire.figures).sort()).toEqual(Object.keys(own.figures).sort())
    expect(wire.figures.tables.map(({ name }) => name)).toEqual(own.figures.tables.map(({ name }) => name))
    expect(wire.figures.unusedIndexes.length).toBeGreaterThan(0)
    expect(wire.figures.unusedIndexes.every(({ name }) => !name.endsWith('pkey'))).toBe(true)
    expect(wire.figures.missing).toEqual([])
  })
  test('what ran between two readings is told as durations, once', async () => {
    const source = await addSource(targetUrl)
    await collectDatabases(deps(), source.id)
    for (let index = 0; index < 20; index++) await target.sql`select 'looked for by the test', pg_sleep(0.002)`
    await collectDatabases(deps(), source.id)
    const [sum] = await sql<{ count: number }[]>`
      select sum(samples.count)::int as count from public.histogram_samples as samples
      join public.series on series.id = samples.series_id
      where series.name = 'db.statement.duration' and series.attributes ->> 'db.source' = ${source.key}`
    expect(sum?.count).toBeGreaterThanOrEqual(20)
    const { slowest, statementP95Ms } = await snapshotOf(source.id)
    expect(statementP95Ms).toBeGreaterThanOrEqual(2)
    expect(slowest.some(({ query }) => query.includes('pg_sleep'))).toBe(true)
    expect(JSON.stringify(slowest)).not.toContain('looked for by the test')
    expect(JSON.stringify(slowest)).not.toContain('vigie */')
  })
  test('CPU, memory and disk come from the metrics endpoint, which is asked with the key', async () => {
    const asked: (string | undefined)[] = []
    let seconds = { idle: 100, user: 100 }
    const metricsOrigin = await serveHttp((request, response) => {
      asked.push(request.headers.authorization)
      response.end(METRICS(seconds))
    })
    const source = await addSource(targetUrl, 'sb_secret_abc')
    await collectDatabases(deps({ metricsOrigin }), source.id)
    expect(await snapshotOf(source.id)).toMatchObject({ cpuRatio: null, memoryRatio: 0.75, diskRatio: 0.75 })
    seconds = { idle: 130, user: 170 }
    await collectDatabases(deps({ metricsOrigin }), source.id)
    expect((await snapshotOf(source.id)).cpuRatio).toBeCloseTo(0.7)
    expect(asked[0]).toBe(`Basic ${Buffer.from('service_role:sb_secret_abc').toString('base64')}`)
    expect(await samplesOf(source.key, 'db.memory.utilization')).toHaveLength(2)
  })
  test('an endpoint that refuses the key takes nothing from the figures, and is told', async () => {
    const metricsOrigin = await serveHttp((_request, response) => response.writeHead(401).end())
    const source = await addSource(targetUrl, 'sb_secret_abc')
    await collectDatabases(deps({ metricsOrigin }), source.id)
    expect(await snapshotOf(source.id)).toMatchObject({
      maxConnections: 200,
      machineError: 'the metrics endpoint answered 401',
    })
  })
})

describe('a database that answers in part', () => {
  test('a role without pg_monitor reads what it may, and that it misses something is known', async () => {
    const role = `plain_${randomBytes(4).toString('hex')}`
    await target.sql.unsafe(`create role ${role} login password 'plain'; alter role ${role} set search_path = nowhere`)
    const url = new URL(targetUrl.href)
    url.username = role
    url.password = 'plain'
    const source = await addSource(url)
    await collectDatabases(deps(), source.id)
    expect(await stateOf(source.id)).toMatchObject({ last_failure: null, leased_until: null })
    const snapshot = await snapshotOf(source.id)
    expect(snapshot.hasFullView).toBe(false)
    expect(snapshot.connections.unknown).toBeGreaterThan(0)
    expect(JSON.stringify(snapshot)).not.toContain('insufficient privilege')
  })
  test('without pg_stat_statements everything else is read', async () => {
    const bare = await createTestDatabase(inject('postgresUrl'))
    try {
      await bare.sql`drop extension pg_stat_statements`
      const source = await addSource(`${bare.url}?sslmode=disable`)
      await collectDatabases(deps(), source.id)
      const snapshot = await snapshotOf(source.id)
      expect(snapshot.missing).toEqual([{ part: 'statements', code: 'no_extension' }])
      expect(snapshot).toMatchObject({ slowest: [], statementP95Ms: null })
    } finally {
      await bare.drop()
    }
  })
  test('a table that somebody holds locked is waited for a second, and missing then', async () => {
    const session = await target.sql.reserve()
    await session`begin`
    await session`lock table public.channels in access exclusive mode`
    try {
      const source = await addSource(targetUrl)
      await collectDatabases(deps(), source.id)
      const { missing, maxConnections } = await snapshotOf(source.id)
      expect(missing).toContainEqual({ part: 'tables', code: '55P03' })
      expect(maxConnections).toBe(200)
    } finally {
      await session`rollback`
      session.release()
    }
  })
})

describe('a database that does not answer', () => {
  const without = (change: (url: URL) => void) => {
    const url = new URL(targetUrl.href)
    change(url)
    return url
  }
  test.each<[string, URL, string]>([
    ['a wrong password', without((url) => Object.assign(url, { password: 'hunter2hunter2' })), 'password'],
    ['a database that is not there', without((url) => Object.assign(url, { pathname: '/nowhere' })), 'no_database'],
    ['a port where nobody listens', without((url) => Object.assign(url, { port: '1' })), 'unreachable'],
    ['a name that does not exist', without((url) => Object.assign(url, { hostname: 'nowhere.invalid' })), 'dns'],
    ['no TLS where it is asked for', without((url) => url.searchParams.set('sslmode', 'require')), 'tls'],
  ])('%s is told as such, without the password', async (_name, url, code) => {
    const source = await addSource(url)
    await collectDatabases(deps(), source.id)
    const state = await stateOf(source.id)
    expect(state).toMatchObject({ last_failure: code, leased_until: null })
    expect(state?.last_error).not.toContain('hunter2')
    expect(await samplesOf(source.key, 'db.up')).toEqual([{ value: 0 }])
  })
  test('an inside address is refused unless the operator allows it', async () => {
    const source = await addSource(targetUrl)
    await collectDatabases(deps({ allow: [] }), source.id)
    expect(await stateOf(source.id)).toMatchObject({ last_failure: 'blocked' })
  })
  test('one that says nothing is given up', async () => {
    const port = await serveTcp(() => undefined)
    const source = await addSource(`postgres://a:b@127.0.0.1:${port}/c`)
    await collectDatabases(deps(), source.id)
    expect(await stateOf(source.id)).toMatchObject({ last_failure: 'timeout', leased_until: null })
  })
  test('a secret that was sealed with another key is told, and nothing of it', async () => {
    const source = await addSource(targetUrl)
    const given = deps({ key: 'another key' })
    await collectDatabases(given, source.id)
    expect(await stateOf(source.id)).toMatchObject({ last_failure: 'secret' })
    expect(given.complaints).toEqual([])
  })
  test('what was found before stays', async () => {
    const source = await addSource(targetUrl)
    await collectDatabases(deps(), source.id)
    await collectDatabases(deps({ allow: [] }), source.id)
    expect((await snapshotOf(source.id)).maxConnections).toBe(200)
    expect(await samplesOf(source.key, 'db.up')).toEqual([{ value: 1 }, { value: 0 }])
  })
})

describe('two collectors', () => {
  test('at once count once', async () => {
    const source = await addSource(targetUrl)
    const looked = await Promise.all([1, 2, 3].map(() => collectDatabases(deps(), source.id)))
    expect(looked.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await samplesOf(source.key, 'db.up')).toHaveLength(1)
  })
  test('one that was overtaken while it waited says nothing any more', async () => {
    const source = await addSource(targetUrl)
    const overtake = async () => {
      await sql`update public.database_sources set leased_until = now() where id = ${source.id}`
      await collectDatabases(deps(), source.id)
    }
    await collectDatabases(deps({ beforeRecord: overtake }), source.id)
    expect(await samplesOf(source.key, 'db.up')).toHaveLength(1)
  })
  test('the scheduler takes what is due, with the minute, and nothing that is switched off', async () => {
    await sql`update public.database_sources set next_due_at = now() + interval '1 day'`
    const [due, off] = [await addSource(targetUrl), await addSource(targetUrl)]
    await sql`update public.database_sources set enabled = false where id = ${off.id}`
    expect(await collectDatabases(deps())).toBe(1)
    expect(await collectDatabases(deps())).toBe(0)
    const [row] = await sql<{ seconds: number; ms: number }[]>`
      select extract(second from next_due_at)::float8 as seconds, extract(epoch from next_due_at - now())::float8 * 1000 as ms
      from public.database_sources where id = ${due.id}`
    expect(row?.seconds).toBe(0)
    expect(row?.ms).toBeLessThanOrEqual(60_000)
  })
})

test('one row a day is kept for 13 months, and only the newest has more than sizes', async () => {
  const source = await addSource(targetUrl)
  await collectDatabases(deps(), source.id)
  await sql`update public.database_snapshots set day = day - 1 where source_id = ${source.id}`
  await sql`
    insert into public.database_snapshots (source_id, project_id, day, at, size_bytes, tables)
    values (${source.id}, ${projectId}, current_date - 500, now(), 1, '[]')`
  await collectDatabases(deps(), source.id)
  const rows = await sql`
    select data is null as is_bare, jsonb_array_length(tables) > 0 as has_tables from public.database_snapshots
    where source_id = ${source.id} order by day`
  expect(rows).toEqual([
    { is_bare: true, has_tables: true },
    { is_bare: false, has_tables: true },
  ])
})

test('when our own database is away nothing is thrown at the tick', async () => {
  const given = deps()
  const away = { ...given.databases, claim: () => Promise.reject(new Error('away')) }
  expect(await collectDatabases({ ...given, databases: away })).toBe(0)
  expect(given.complaints).toHaveLength(1)
})

async function ownUrl(own: Sql): Promise<URL> {
  const [row] = await own<{ name: string }[]>`select current_database() as name`
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${row?.name}`
  return url
}

function connectionOf(url: URL) {
  const { hostname: host, username: user, password } = url
  return { host, port: Number(url.port), user, password, database: url.pathname.slice(1), tls: 'disable' as const }
}
