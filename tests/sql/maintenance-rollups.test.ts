import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock, testDatabase } from '../support/postgres.ts'
import { addMonitorRow } from './rows.ts'

const { sql } = await testDatabase()
/** Half past noon; the day's results lie in the hour before. */
const NOW = Date.UTC(2031, 2, 15, 12, 30)
const HOUR_AT = Date.UTC(2031, 2, 15, 11)
const clock = await replaceDatabaseClock(sql, NOW)
const { monitorId, projectId } = await addMonitorRow(sql)

async function maintain(from: number, until: number): Promise<void> {
  await sql`
    with planned as (
      insert into public.maintenance_windows (project_id, name, scope_kind, time_zone, start_date, start_time_ms, duration_ms, author, planned_until)
      values (${projectId}, 'Upgrade', 'project', 'UTC', '2031-03-15', 0, 60000, 'ann', private.now()) returning *)
    insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
    select id, project_id, name, scope_kind, scope_values, ${toIso(from)}, ${toIso(until)} from planned`
}
const rollupOf = async (resolution: string) =>
  (
    await sql`
      select up, degraded, down, unknown, maintenance, latency_count from public.probe_rollups
      where monitor_id = ${monitorId} and resolution = ${resolution} and bucket_at <= ${toIso(HOUR_AT)} order by bucket_at desc limit 1`
  )[0]

/** A result a minute, down from the tenth to the thirtieth. */
await sql`
  insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
  select ${monitorId}, ${projectId}, at, at, case when n between 10 and 29 then 'down' else 'up' end, 12
  from generate_series(0, 59) as n cross join lateral (select ${toIso(HOUR_AT)}::timestamptz + n * interval '1 minute' as at) as slot`

test('results during maintenance are counted by themselves; overlapping maintenance counts them once', async () => {
  await maintain(HOUR_AT + 10 * MINUTE, HOUR_AT + 25 * MINUTE)
  await maintain(HOUR_AT + 20 * MINUTE, HOUR_AT + 40 * MINUTE)
  await sql`select public.rollup_probe_results(${toIso(HOUR_AT)}, ${toIso(NOW)})`
  const expected = { up: 30, degraded: 0, down: 0, unknown: 0, maintenance: 30, latency_count: 40 }
  expect(await rollupOf('hour')).toEqual(expected)
  await sql`select public.rollup_days(${toIso(HOUR_AT)}, ${toIso(NOW)})`
  expect(await rollupOf('day')).toEqual(expected)
})

test('the last 24 hours of the monitor, read from single results, say the same', async () => {
  const [row] = await sql<
    { series: { points: Record<'up' | 'down' | 'maintenance', number>[]; maintenance: unknown[] } }[]
  >`
    select public.read_monitor_series(${monitorId}, '24h') as series`
  const sum = (name: 'up' | 'down' | 'maintenance') => row?.series.points.reduce((all, point) => all + point[name], 0)
  expect([sum('up'), sum('down'), sum('maintenance')]).toEqual([30, 0, 30])
  expect(row?.series.maintenance).toHaveLength(2)
})

/** What rules, back-tests and SLOs count of the ten minutes before the maintenance and the twenty after it, in single results. */
async function countAround(): Promise<unknown> {
  const [from, until] = [HOUR_AT + 5 * MINUTE, HOUR_AT + 50 * MINUTE]
  const request = { p: projectId, m: 'probe.success', w: {}, g: [], f: from, u: until, h: false }
  const [row] = await sql`
    select
      (select jsonb_build_array(count, sum) from private.read_probe_figures(jsonb_build_array(${sql.json(request)}::jsonb))) as rule,
      (select jsonb_agg(minutes) from private.stored_probe_rows(${projectId}, 'probe.success', '{}', ${toIso(from)}, ${toIso(until)}, 100)) as back_test,
      (select jsonb_build_array(sum(total), sum(good)) from private.probe_points(${projectId}, null, 'minute',
        array[${toIso(from)}::timestamptz], array[${toIso(until)}::timestamptz])) as slo`
  return row
}
const AROUND = {
  rule: [15, 15],
  back_test: [`${[...Array(5).keys()].map((n) => n + 5).join()},${[...Array(10).keys()].map((n) => n + 40).join()}`],
  slo: [15, 15],
}

test('rules, back-tests and SLOs leave them out of what was answered, also of single results', async () => {
  expect(await countAround()).toEqual(AROUND)
})

test('latencies of answers during maintenance count like any other', async () => {
  const request = { p: projectId, m: 'probe.duration', w: {}, g: [], f: HOUR_AT, u: HOUR_AT + HOUR, h: false }
  const [row] = await sql`
    select count from private.read_probe_figures(jsonb_build_array(${sql.json(request)}::jsonb))`
  expect(row).toEqual({ count: 40 })
})

test('once it is packed, the hour keeps what it counted, also when a late result makes all of it count again', async () => {
  await clock.set(NOW + 2 * DAY)
  for (let hours = 1; hours > 0; )
    hours =
      (await sql<{ answer: { hours: number } }[]>`select public.pack_probe_results() as answer`)[0]?.answer.hours ?? 0
  expect(await rollupOf('hour')).toMatchObject({ up: 30, down: 0, maintenance: 30 })
  expect(await countAround()).toEqual(AROUND)
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
    values (${monitorId}, ${projectId}, ${toIso(HOUR_AT + 30_000)}, ${toIso(HOUR_AT + 30_000)}, 'down', null)`
  await sql`select public.rollup_probe_results(${toIso(HOUR_AT)}, ${toIso(HOUR_AT + HOUR - 1)})`
  expect(await rollupOf('hour')).toMatchObject({ up: 30, down: 1, maintenance: 30 })
})

test('the report of a week counts them by themselves, too', async () => {
  const [row] = await sql<{ figures: { monitors: Record<string, number>[] } }[]>`
    select public.read_report_figures(${projectId}, ${toIso(HOUR_AT - DAY)}, ${toIso(HOUR_AT + DAY)}, 'UTC') as figures`
  expect(row?.figures.monitors).toMatchObject([{ up: 30, down: 1, maintenance: 30 }])
})
