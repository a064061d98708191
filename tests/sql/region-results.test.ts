import { beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock, testDatabase } from '../support/postgres.ts'
import { addMonitorRow } from './rows.ts'

const { sql } = await testDatabase()
const NOW = Date.UTC(2031, 2, 15, 12)
const clock = await replaceDatabaseClock(sql, NOW)
const { monitorId, projectId } = await addMonitorRow(sql)

beforeEach(async () => {
  await clock.set(NOW)
  await sql`truncate public.region_results, public.region_rollups`
})

async function insert(region: string, at: number, verdict = 'up', latencyMs: number | null = 100): Promise<void> {
  await sql`
    insert into public.region_results (monitor_id, project_id, region, slot_at, verdict, latency_ms)
    values (${monitorId}, ${projectId}, ${region}, ${toIso(at)}, ${verdict}, ${latencyMs}) on conflict do nothing`
}
const rollUp = (from: number, until: number) =>
  sql`select public.rollup_region_results(${toIso(from)}, ${toIso(until)})`
const prune = (days = 7) => sql`select public.prune_region_results(${days})`
const partitions = async () =>
  (
    await sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'public.region_results'::regclass order by 1`
  ).map(({ name }) => name)

test('pruning makes the partitions of three days, closed to the API roles', async () => {
  await prune()
  for (const day of ['20310315', '20310316', '20310317']) {
    const [row] = await sql`
      select relrowsecurity as secured, has_table_privilege('anon', oid, 'select') as anon,
        has_table_privilege('authenticated', oid, 'select') as authenticated
      from pg_class where oid = ${`public.region_results_${day}`}::regclass`
    expect(row).toEqual({ secured: true, anon: false, authenticated: false })
  }
})

test('days past a week are dropped, the default partition is pruned by row, and rollups stay a year', async () => {
  await prune()
  await insert('fra1', NOW)
  await insert('fra1', NOW - 30 * DAY)
  await sql`
    insert into public.region_rollups (monitor_id, project_id, region, bucket_at, up, degraded, down, unknown, histogram_keys, histogram_counts)
    select ${monitorId}, ${projectId}, 'fra1', at, 1, 0, 0, 0, '{}', '{}'
    from unnest(array[${toIso(NOW - 364 * DAY)}::timestamptz, ${toIso(NOW - 367 * DAY)}::timestamptz]) as at`
  await prune()
  expect(await partitions()).toContain('region_results_20310315')
  expect(await sql`select region from public.region_results`).toHaveLength(1)
  expect(await sql`select region from public.region_rollups`).toHaveLength(1)
  await clock.set(NOW + 9 * DAY)
  await prune()
  expect(await partitions()).not.toContain('region_results_20310315')
})

test('an hour is computed whole each time, so that repeating it changes nothing and a late result is counted once', async () => {
  await insert('fra1', NOW, 'up', 100)
  await insert('fra1', NOW + MINUTE, 'degraded', 300)
  await insert('fra1', NOW + 2 * MINUTE, 'down', 500)
  await insert('fra1', NOW + 3 * MINUTE, 'unknown', null)
  await insert('iad1', NOW, 'up', 200)
  for (let time = 0; time < 2; time++) await rollUp(NOW, NOW)
  const expected = {
    up: 1,
    degraded: 1,
    down: 1,
    unknown: 1,
    latency_min_ms: 100,
    latency_max_ms: 300,
    histogram_counts: [1, 1],
  }
  const read = () => sql`select * from public.region_rollups order by region`
  expect(await read()).toMatchObject([expected, { region: 'iad1', up: 1 }])
  await insert('fra1', NOW + 4 * MINUTE, 'up', 100)
  await insert('fra1', NOW + 4 * MINUTE, 'down', 100)
  await rollUp(NOW, NOW)
  expect(await read()).toMatchObject([{ ...expected, up: 2, histogram_counts: [2, 1] }, { region: 'iad1' }])
})

test('the reading of a monitor names the regions that it has and those that saw it in the last hour', async () => {
  await sql`update public.monitors set regions = '{fra1,mars}' where id = ${monitorId}`
  await insert('fra1', NOW - 2 * MINUTE, 'down', 50)
  await insert('fra1', NOW - MINUTE, 'up', 100)
  await insert('local', NOW - MINUTE, 'unknown', null)
  await insert('gone', NOW - 2 * HOUR)
  await rollUp(NOW - 2 * HOUR, NOW)
  const [row] = await sql<{ answer: unknown }[]>`select public.read_monitor_regions(${monitorId}, '24h') as answer`
  expect(row?.answer).toMatchObject([
    { region: 'fra1', last: { verdict: 'up' }, last_failure: { verdict: 'down' }, up: 1, down: 1 },
    { region: 'local', last: { verdict: 'unknown' }, last_failure: null, unknown: 1 },
    { region: 'mars', last: null, last_failure: null, up: 0, histogram_keys: [] },
  ])
})

test('what regions saw goes with its monitor', async () => {
  const other = await addMonitorRow(sql)
  await sql`
    insert into public.region_results (monitor_id, project_id, region, slot_at, verdict)
    values (${other.monitorId}, ${other.projectId}, 'fra1', ${toIso(NOW)}, 'up')`
  await sql`select private.delete_monitor(${other.projectId}, ${other.monitorId}, null, 'ann')`
  expect(await sql`select from public.region_results`).toHaveLength(0)
})
