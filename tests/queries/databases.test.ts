import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDatabaseReader } from '../../lib/adapters/supabase/database-reader.ts'
import { createDatabaseStore } from '../../lib/adapters/supabase/database-store.ts'
import { createTelemetryReader } from '../../lib/adapters/supabase/telemetry-reader.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { countersOf } from '../../lib/domain/database/compare.ts'
import { toSeries } from '../../lib/domain/database/database-series.ts'
import type { DatabaseFigures } from '../../lib/domain/database/schema.ts'
import { takeSnapshot } from '../../lib/domain/database/snapshot.ts'
import { DAY, MINUTE } from '../../lib/domain/time/instant.ts'
import { readDatabase } from '../../lib/queries/databases.ts'
import { countDurations } from '../../lib/wiring/databases.ts'
import { tellingWorld } from '../commands/telling-world.ts'
import { figuresOf } from '../domain/database/figures.ts'

const world = await tellingWorld()
const store = createDatabaseStore(world.service)
const telemetry = createTelemetryStore(world.service)
const [own] = await world.sql<{ id: string }[]>`select id from public.database_sources where kind = 'own'`
const sourceId = own?.id ?? ''
const now = Date.now()

const readersOf = (client: typeof world.service) => ({
  databases: createDatabaseReader(client),
  telemetry: createTelemetryReader(client),
})
const read = (client: typeof world.service, source: string | null = null) =>
  readDatabase(readersOf(client), world.project.id, { source, range: '6h' }, now)

/** What a collector would have told at that time. */
async function tell(at: number, figures: DatabaseFigures): Promise<void> {
  const [claim] = await store.claim(1, sourceId)
  if (claim === undefined) throw new Error('somebody else has it')
  const { snapshot, calls } = takeSnapshot({ figures, machine: null, machineError: null }, claim.counters, null)
  const { tables } = figures
  await store.record(claim, { failure: null, snapshot, tables, counters: countersOf(figures, null, at) })
  const series = toSeries({ source: 'own', at, snapshot, figures, calls, since: null, toHistogram: countDurations })
  const batch = {
    projectId: world.project.id,
    source: 'database',
    digest: randomUUID(),
    series,
    logs: [],
    rejections: [],
  }
  await telemetry.storeBatch(batch)
}

test('before the first reading there is a database, and it says that it waits', async () => {
  const { sources, view } = await read(world.clients.viewer)
  expect(sources).toHaveLength(1)
  expect(view).toMatchObject({ headline: { kind: 'pending' }, snapshot: null, findings: [], tables: [] })
})

test('figures, findings, growth and history of a database come together', async () => {
  const table = (sizeBytes: number) => ({ tables: [{ name: 'public.orders', sizeBytes, rows: 7 }] })
  await tell(now - 10 * MINUTE, figuresOf({ deadlocks: 3, statementTotals: [['1', 10, 100]], ...table(800) }))
  const busy = { connections: { active: 90 }, statementTotals: [['1', 30, 4_100]] as [string, number, number][] }
  await tell(now - 5 * MINUTE, figuresOf({ deadlocks: 5, ...busy, ...table(1_000) }))
  await world.sql`
    insert into public.database_snapshots (source_id, project_id, day, at, size_bytes, tables)
    values (${sourceId}, ${world.project.id}, ${new Date(now - 7 * DAY)}, ${new Date(now - 7 * DAY)}, 1,
      ${world.sql.json(table(600).tables)})`
  while ((await telemetry.rollUp()).hasMore);
  const { view } = await read(world.clients.viewer)
  expect(view).toMatchObject({
    headline: { kind: 'problems', count: 3 },
    deadlocksPerDay: 2,
    tables: [{ name: 'public.orders', sizeBytes: 1_000, weekBytes: 400, monthBytes: null }],
  })
  expect(view?.findings.map(({ kind }) => kind)).toEqual(['connections_high', 'deadlocks', 'statements_p95_high'])
  const last = (chart: 'connections' | 'statementP95' | 'cacheHits' | 'size') =>
    view?.charts[chart]?.lines[0]?.points.at(-1)?.value
  expect(last('connections')).toBe(0.9)
  // 4,000 ms in 20 calls, in seconds; histograms are at most 0.55 % off.
  expect(last('statementP95')).toBeGreaterThan(0.2 * 0.9945)
  expect(last('statementP95')).toBeLessThan(0.2 * 1.0055)
  expect(last('cacheHits')).toBe(0.99)
  expect(last('size')).toBe(1_000)
})

test('a failure is the headline, with the figures of before', async () => {
  const [claim] = await store.claim(1, sourceId)
  await store.record(claim ?? { id: '', token: 0 }, { failure: { code: 'timeout', message: 'no answer within 8 s' } })
  const { view } = await read(world.clients.viewer)
  expect(view).toMatchObject({ headline: { kind: 'failed' }, source: { failure: { code: 'timeout' } } })
  expect(view?.snapshot).not.toBeNull()
})

test('one that is switched off says so', async () => {
  await world.sql`update public.database_sources set enabled = false where id = ${sourceId}`
  expect((await read(world.clients.viewer)).view?.headline).toEqual({ kind: 'off' })
})

test('an unknown key falls back on the first database', async () => {
  expect((await read(world.clients.viewer, 'nowhere')).view?.source.key).toBe('own')
})

test('somebody of no project is told of no database', async () => {
  const databases = createDatabaseReader(world.outsider)
  const silent = { query: () => Promise.reject(new Error('must not be asked')) }
  const request = { source: null, range: '6h' } as const
  expect(await readDatabase({ databases, telemetry: silent }, world.project.id, request, now)).toEqual({
    sources: [],
    view: null,
  })
})
