import { beforeEach, expect, test } from 'vitest'
import { DAY, toIso } from '../../lib/domain/time/instant.ts'
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

test('pruning makes the partitions of yesterday to a week ahead, closed to the API roles', async () => {
  await sql`select public.prune_probe_results(30)`
  const names = await partitions()
  for (let day = -1; day <= 7; day++) {
    const name = `probe_results_${toIso(NOW + day * DAY)
      .slice(0, 10)
      .replaceAll('-', '')}`
    expect(names).toContain(name)
    const [row] = await sql`
      select relrowsecurity as secured, has_table_privilege('anon', oid, 'select') as anon,
        has_table_privilege('authenticated', oid, 'select') as authenticated
      from pg_class where oid = ${`public.${name}`}::regclass`
    expect(row).toEqual({ secured: true, anon: false, authenticated: false })
  }
})

test('a result lands in the partition of its UTC day, also in the last millisecond of it', async () => {
  await sql`select public.prune_probe_results(30)`
  const midnight = Date.UTC(2031, 2, 16)
  await insertResult(midnight - 1)
  await insertResult(midnight)
  const rows = await sql`select tableoid::regclass::text as name from public.probe_results order by slot_at`
  expect(rows).toEqual([{ name: 'probe_results_20310315' }, { name: 'probe_results_20310316' }])
})

test('a result of a day without a partition is kept all the same, and the partition can be asked for again', async () => {
  const far = NOW + 100 * DAY
  await insertResult(far)
  const rows = await sql`select tableoid::regclass::text as name from public.probe_results`
  expect(rows).toEqual([{ name: 'probe_results_default' }])
  await sql`select private.ensure_partition(${toIso(far).slice(0, 10)})`
  expect(await sql`select from public.probe_results`).toHaveLength(1)
})

test('retention drops whole days that are past it and keeps the others', async () => {
  await sql`select public.prune_probe_results(30)`
  await insertResult(NOW)
  await clock.set(NOW + 31 * DAY)
  const before = await partitions()
  expect(before).toContain('probe_results_20310314')
  const [row] = await sql`select public.prune_probe_results(30) as summary`
  expect(row?.summary.partitions_dropped).toBeGreaterThan(0)
  const after = await partitions()
  // 14 March is 32 days ago; 15 March is not yet past 30 whole days and one.
  expect(after).not.toContain('probe_results_20310314')
  expect(after).toContain('probe_results_20310416')
  expect(after).toContain('probe_results_default')
  await clock.set(NOW + 30 * DAY)
})

test('retention keeps a day until the whole of it is past the limit', async () => {
  await clock.set(NOW)
  await sql`select public.prune_probe_results(30)`
  await insertResult(NOW)
  await clock.set(NOW + 30 * DAY)
  await sql`select public.prune_probe_results(30)`
  expect(await sql`select from public.probe_results`).toHaveLength(1)
  await clock.set(NOW + 31 * DAY)
  await sql`select public.prune_probe_results(30)`
  expect(await sql`select from public.probe_results`).toHaveLength(0)
})

test('pruning twice changes nothing more', async () => {
  await sql`select public.prune_probe_results(30)`
  const once = await partitions()
  const [row] = await sql`select public.prune_probe_results(30) as summary`
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
