import { beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, toIso } from '../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock, testDatabase } from '../support/postgres.ts'
import { addMonitorRow } from './rows.ts'

const { sql } = await testDatabase()
const NOW = Date.UTC(2031, 2, 15, 12)
const clock = await replaceDatabaseClock(sql, NOW)
const { monitorId, projectId } = await addMonitorRow(sql)

beforeEach(async () => {
  await clock.set(NOW)
  await sql`truncate public.probe_results`
})

async function partitions(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'public.probe_results'::regclass order by 1`
  return rows.map(({ name }) => name)
}

async function insertResult(at: number): Promise<void> {
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict)
    values (${monitorId}, ${projectId}, ${toIso(at)}, ${toIso(at)}, 'up')`
}

const prune = () => sql`select public.prune_probe_results(90) as summary`
const pack = () => sql`select public.pack_probe_results() as summary`

test('pruning makes the partitions of today to two days ahead, two hours each, closed to the API roles', async () => {
  await prune()
  const names = await partitions()
  for (let part = 0; part < 36; part++) {
    const [day, hour] = toIso(Math.floor(NOW / DAY) * DAY + part * 2 * HOUR).split('T')
    const name = `probe_results_${day?.replaceAll('-', '')}_${hour?.slice(0, 2)}`
    expect(names).toContain(name)
    const [row] = await sql`
      select relrowsecurity as secured, has_table_privilege('anon', oid, 'select') as anon,
        has_table_privilege('authenticated', oid, 'select') as authenticated
      from pg_class where oid = ${`public.${name}`}::regclass`
    expect(row).toEqual({ secured: true, anon: false, authenticated: false })
  }
})

test('a result lands in the partition of its hours, also in the last millisecond of them', async () => {
  await prune()
  const midnight = Date.UTC(2031, 2, 16)
  await insertResult(midnight - 1)
  await insertResult(midnight)
  const rows = await sql`select tableoid::regclass::text as name from public.probe_results order by slot_at`
  expect(rows).toEqual([{ name: 'probe_results_20310315_22' }, { name: 'probe_results_20310316_00' }])
})

test('a result of hours without a partition is kept all the same, and the partition can be asked for again', async () => {
  const far = NOW + 100 * DAY
  await insertResult(far)
  const rows = await sql`select tableoid::regclass::text as name from public.probe_results`
  expect(rows).toEqual([{ name: 'probe_results_default' }])
  await sql`select private.ensure_partition(${toIso(far).slice(0, 10)})`
  expect(await sql`select from public.probe_results`).toHaveLength(1)
})

test('a partition is dropped once all of it is a day past and packed, and not before', async () => {
  await prune()
  await insertResult(NOW)
  await clock.set(NOW + 31 * HOUR)
  await prune()
  expect(await partitions()).toContain('probe_results_20310315_12')
  expect(await sql`select from public.probe_results`).toHaveLength(1)
  await pack()
  const [row] = await prune()
  expect(row?.summary.partitions_dropped).toBeGreaterThan(0)
  expect(await partitions()).not.toContain('probe_results_20310315_12')
  expect(await partitions()).toContain('probe_results_default')
  expect(await sql`select packed_latencies from public.probe_rollups where resolution = 'hour'`).toEqual([
    { packed_latencies: [-1] },
  ])
})

test('pruning twice changes nothing more', async () => {
  await prune()
  const once = await partitions()
  const [row] = await prune()
  expect(row?.summary).toEqual({ partitions_dropped: 0 })
  expect(await partitions()).toEqual(once)
})

test('deleting a monitor takes its results with it', async () => {
  const other = await addMonitorRow(sql)
  await insertResult(NOW)
  await sql`select private.delete_monitor(${projectId}, ${monitorId}, null, 'ann')`
  expect(await sql`select from public.probe_results where monitor_id = ${monitorId}`).toHaveLength(0)
  expect(await sql`select from public.monitors where id = ${other.monitorId}`).toHaveLength(1)
})
