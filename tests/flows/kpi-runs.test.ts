import { afterAll, beforeEach, expect, inject, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { runDueKpis, runKpiNow } from '../../lib/tasks/run-kpis.ts'
import { kpiFixture, plainUrl } from '../support/kpis.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const target = await createTestDatabase(inject('postgresUrl'))
afterAll(() => target.drop())
const START_AT = Date.UTC(2026, 10, 20, 8)
const fixture = await kpiFixture(stack, plainUrl(target.url), START_AT)
await target.sql`create table public.orders (id bigint generated always as identity)`
await target.sql`create sequence public.runs`
let number = 0
let projectId = ''

beforeEach(async () => {
  await stack.sql`delete from public.kpis`
  fixture.complaints.length = 0
  number += 1
  projectId = await fixture.addProject(`shop-${number}`)
  await fixture.clock.set(START_AT + number * HOUR)
})

async function run(deps?: Partial<Awaited<ReturnType<typeof fixture.worker>>>): Promise<number> {
  const worker = { ...(await fixture.worker()), ...deps }
  return runDueKpis(worker, worker.clock.now() + MINUTE)
}

const rowOf = async (id: string) => (await stack.sql`select * from public.kpis where id = ${id}`)[0]
const samplesOf = (key: string) => stack.sql`
  select samples.value from public.samples join public.series on series.id = samples.series_id
  where series.project_id = ${projectId} and series.name = ${`business.${key}`} order by samples.at`

test('a figure becomes the value of its KPI and a sample of business.<key>, and the next run follows the schedule', async () => {
  await target.sql`insert into public.orders select from generate_series(1, 3)`
  const id = await fixture.addKpi(projectId, { key: 'orders', query: 'select count(*) from orders' })
  expect(await run()).toBe(1)
  const now = await fixture.clock.now()
  expect(await rowOf(id)).toMatchObject({
    last_value: 3,
    last_fault: null,
    lease_token: null,
    last_run_at: new Date(now),
  })
  expect((await rowOf(id))?.next_run_at).toEqual(new Date(now + HOUR))
  expect(await samplesOf('orders')).toEqual([{ value: 3 }])
  expect(await run()).toBe(0)
  await target.sql`insert into public.orders default values`
  await fixture.clock.advance(HOUR)
  expect(await run()).toBe(1)
  expect(await samplesOf('orders')).toEqual([{ value: 3 }, { value: 4 }])
})

test('eight ticks at once run each KPI once', async () => {
  for (let n = 0; n < 12; n += 1) await fixture.addKpi(projectId, { key: `kpi-${n}` })
  const counts = await Promise.all(Array.from({ length: 8 }, () => run()))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12)
  const samples = await stack.sql`
    select count(*)::int as n from public.samples join public.series on series.id = samples.series_id where series.project_id = ${projectId}`
  expect(samples[0]?.n).toBe(12)
})

test('a run of a worker that was killed is repeated, and the late worker changes nothing', async () => {
  const id = await fixture.addKpi(projectId, { key: 'orders' })
  const killed = await fixture.worker()
  const [claim] = await killed.kpis.claimDue(5)
  expect(claim?.id).toBe(id)
  expect(await run()).toBe(0)
  await fixture.clock.advance(31 * SECOND)
  expect(await run()).toBe(1)
  expect(claim && (await killed.kpis.finish(claim, { ok: true, value: 7, canWrite: null }, null))).toBe(false)
  expect(await rowOf(id)).toMatchObject({ last_value: 42 })
})

test('what goes wrong with one is its own: it keeps its last value, says why, and the others run', async () => {
  const broken = await fixture.addKpi(projectId, { key: 'broken' })
  await run()
  await stack.sql`update public.kpis set query = 'select 1 / 0', next_run_at = private.now() where id = ${broken}`
  const away = await fixture.addKpi(projectId, { key: 'away', database: 'postgres://ann:hunter2@127.0.0.1:1/shop' })
  const metadata = await fixture.addKpi(projectId, {
    key: 'guarded',
    database: 'postgres://ann:hunter2@169.254.169.254/shop',
  })
  const fine = await fixture.addKpi(projectId, { key: 'fine' })
  expect(await run()).toBe(4)
  expect(await rowOf(broken)).toMatchObject({ last_value: 42, last_fault: 'failed' })
  expect((await rowOf(broken))?.last_error).toContain('division by zero')
  expect(await rowOf(away)).toMatchObject({ last_value: null, last_fault: 'unreachable' })
  expect(await rowOf(metadata)).toMatchObject({ last_fault: 'blocked' })
  expect(await rowOf(fine)).toMatchObject({ last_value: 42, last_fault: null })
  expect(JSON.stringify([fixture.complaints, await stack.sql`select * from public.kpis`])).not.toContain('hunter2')
})

test('a connection string of another key is a fault of its own, and not the end of the run', async () => {
  const id = await fixture.addKpi(projectId, { key: 'orders' })
  await stack.sql`update public.kpi_secrets set ciphertext = 'v1.nonsense' where kpi_id = ${id}`
  expect(await run()).toBe(1)
  expect(await rowOf(id)).toMatchObject({ last_fault: 'unreadable', next_run_at: expect.any(Date) })
})

test('near the end of its time it begins nothing, and a database that is away is only logged', async () => {
  await fixture.addKpi(projectId, { key: 'orders' })
  const worker = await fixture.worker()
  expect(await runDueKpis(worker, worker.clock.now() + 5 * SECOND)).toBe(0)
  const kpis = { ...worker.kpis, claimDue: () => Promise.reject(new Error('the database is away')) }
  expect(await run({ kpis })).toBe(0)
  expect(fixture.complaints.join()).toContain('kpis.not_run')
})

test('a query in which something is saved anew while it runs does not overwrite what was saved', async () => {
  const id = await fixture.addKpi(projectId, { key: 'orders' })
  const read = async () => {
    await stack.sql`
      select private.write_kpi(${projectId}, private.kpi_json(kpis) || ${stack.sql.json({ id, query: 'select 7' })}, null, 'ann', null)
      from public.kpis where id = ${id}`
    return { ok: true, value: 42, canWrite: null } as const
  }
  const late = await fixture.worker()
  await runKpiNow({ ...late, figures: { read } }, id)
  expect(await rowOf(id)).toMatchObject({ last_value: null })
  expect(await samplesOf('orders')).toEqual([])
  await run()
  expect(await rowOf(id)).toMatchObject({ last_value: 7 })
  expect(await samplesOf('orders')).toEqual([{ value: 7 }])
})

test('run at once, it looks at the role, too', async () => {
  const id = await fixture.addKpi(projectId, { key: 'orders' })
  expect(await runKpiNow(await fixture.worker(), id)).toEqual({ ok: true, value: 42, canWrite: true })
  expect(await rowOf(id)).toMatchObject({ can_write: true })
  expect(await runKpiNow(await fixture.worker(), id)).toBeNull()
})

test('what is pushed is a KPI by itself, and one that is described has its own words', async () => {
  const worker = await fixture.worker()
  const at = worker.clock.now()
  const push = (key: string, value: number, sampleAt: number) =>
    worker.telemetry.storeBatch({
      projectId,
      source: 'json',
      digest: crypto.randomUUID(),
      logs: [],
      rejections: [],
      series: [
        {
          series: {
            name: `business.${key}`,
            kind: 'gauge',
            temporality: null,
            unit: '',
            environment: 'production',
            attributes: {},
          },
          samples: [{ at: sampleAt, startAt: null, value }],
        },
      ],
    })
  await push('signups', 31, at - 2 * HOUR)
  await push('signups', 41, at)
  await push('visits', 7, at)
  await fixture.addKpi(projectId, { key: 'visits', kind: 'pushed', name: 'Visits', unit: 'visits', lowerLimit: 10 })
  const figures = await worker.kpis.readFigures(projectId)
  expect(figures.map(({ key, name, value, unit, beforeValue }) => ({ key, name, value, unit, beforeValue }))).toEqual([
    { key: 'signups', name: 'signups', value: 41, unit: '', beforeValue: null },
    { key: 'visits', name: 'Visits', value: 7, unit: 'visits', beforeValue: null },
  ])
  await fixture.clock.advance(22 * HOUR)
  expect((await worker.kpis.readFigures(projectId))[0]).toMatchObject({ value: 41, beforeValue: 31 })
  const other = await fixture.addProject(`other-${number}`)
  expect(await worker.kpis.readFigures(other)).toEqual([])
})
