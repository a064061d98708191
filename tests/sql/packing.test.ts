import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND, toIso } from '../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock, testDatabase } from '../support/postgres.ts'
import { addMonitorRow } from './rows.ts'

const { sql } = await testDatabase()
const NOW = Date.UTC(2031, 2, 15, 12, 20)
const clock = await replaceDatabaseClock(sql, NOW)
const { monitorId, projectId } = await addMonitorRow(sql)
/** More than a day past, so that it may be packed. */
const PAST_HOUR = Date.UTC(2031, 2, 14, 9)

beforeEach(async () => {
  await clock.set(NOW)
  await sql`truncate public.probe_results, public.probe_gaps, public.probe_rollups`
})

interface Result {
  slotAt: number
  verdict: 'up' | 'degraded' | 'down'
  latencyMs: number | null
  statusCode: number | null
  message: string | null
  evidence: unknown[] | null
}

const plain = (slotAt: number, latencyMs: number | null = 41.5): Result => ({
  slotAt,
  verdict: 'up',
  latencyMs,
  statusCode: 200,
  message: null,
  evidence: null,
})

async function insertResults(results: readonly Result[]): Promise<void> {
  const rows = results.map(({ slotAt, ...rest }) => ({ ...rest, slotAt: toIso(slotAt), probedAt: toIso(slotAt + 700) }))
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message, evidence)
    select ${monitorId}, ${projectId}, "slotAt", "probedAt", verdict, case when verdict = 'down' then 'status' end, "statusCode", "latencyMs",
      array[1.5, null, 2, 3, 0.5]::real[], message, evidence
    from jsonb_to_recordset(${sql.json(rows as never)}) as item("slotAt" timestamptz, "probedAt" timestamptz, verdict text, "statusCode" smallint,
      "latencyMs" real, message text, evidence jsonb)
    on conflict do nothing`
}

async function packAll(): Promise<number> {
  for (let hours = 0; ; ) {
    const [row] = await sql<
      { answer: { hours: number; has_more: boolean } }[]
    >`select public.pack_probe_results() as answer`
    if (row === undefined || row.answer.hours === 0) return hours
    hours += row.answer.hours
  }
}

interface Row {
  slot_at: string
  verdict: string
  latency_ms: number | null
  status_code: number | null
  message: string | null
  evidence: unknown
  phases: unknown
  probed_at: string
}

async function readResults(limit = 1_000, newestFirst = true): Promise<Row[]> {
  const [row] = await sql<{ rows: Row[] }[]>`
    select public.read_results(${monitorId}, p_newest_first => ${newestFirst}, p_limit => ${limit}) as rows`
  return row?.rows ?? []
}

async function readFigures() {
  const [row] = await sql`
    select public.read_monitor_series(${monitorId}, '7d') as week, public.read_monitor_series(${monitorId}, '90d') as quarter,
      public.read_report_figures(${projectId}, ${toIso(NOW - 7 * DAY)}, ${toIso(NOW)}, 'Europe/Paris') as report`
  return row
}

const rollUp = () =>
  sql`select public.rollup_probe_results(${toIso(NOW - 3 * DAY)}, ${toIso(NOW)}), public.rollup_days(${toIso(NOW - 3 * DAY)}, ${toIso(NOW)})`
const countHot = async () => (await sql`select from public.probe_results`).length

const results = fc
  .record({
    stepSeconds: fc.constantFrom(10, 30, 60, 300, 3_600),
    offsetSeconds: fc.integer({ min: 0, max: 9 }),
    holes: fc.uniqueArray(fc.integer({ min: 0, max: 359 })),
    oddSlots: fc.array(fc.integer({ min: 0, max: 3_599_999 }), { maxLength: 3 }),
    seeds: fc.array(
      fc.record({
        verdict: fc.constantFrom('up' as const, 'up' as const, 'up' as const, 'degraded' as const, 'down' as const),
        latencyMs: fc.oneof(
          fc.integer({ min: 0, max: 32_767 }).map((tenths) => tenths / 10),
          fc.constantFrom(null, 0, 3_276.7, 3_276.8, 60_000, Math.fround(12.345)),
        ),
        statusCode: fc.constantFrom(200, 200, 204, 503, null),
        message: fc.constantFrom(null, 'answered 503, expected 200'),
        evidence: fc.constantFrom(null, null, [{ verdict: 'down', message: 'timed out' }]),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ stepSeconds, offsetSeconds, holes, oddSlots, seeds }): Result[] => {
    const even = Array.from({ length: 3_600 / stepSeconds }, (_, n) => n)
      .filter((n) => !holes.includes(n))
      .map((n) => n * stepSeconds * SECOND + (offsetSeconds % stepSeconds) * SECOND)
    return [...new Set([...even, ...oddSlots])].map((offset, n) => ({
      slotAt: PAST_HOUR + offset,
      ...(seeds[n % seeds.length] as Omit<Result, 'slotAt'>),
    }))
  })

describe('packing an hour that is more than a day past', () => {
  test('moves every result, and charts, reports and lists read the same before and after', async () => {
    await fc.assert(
      fc.asyncProperty(results, async (given) => {
        await sql`truncate public.probe_results, public.probe_rollups`
        await insertResults(given)
        await rollUp()
        const before = { results: await readResults(), figures: await readFigures() }
        await packAll()
        expect(await countHot()).toBe(0)
        const after = { results: await readResults(), figures: await readFigures() }
        expect(after.figures).toEqual(before.figures)
        const told = ({ slot_at, verdict, latency_ms, status_code, evidence }: Row) => ({
          slot_at,
          verdict,
          latency_ms,
          status_code,
          evidence,
        })
        expect(after.results.map(told)).toEqual(before.results.map(told))
        // Whatever is not simply up keeps all of it.
        const special = ({ verdict, evidence }: Row) => verdict !== 'up' || evidence !== null
        expect(after.results.filter(special)).toEqual(before.results.filter(special))
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  test('leaves what is within the last day alone', async () => {
    await insertResults([plain(NOW - 25 * HOUR), plain(Date.UTC(2031, 2, 14, 12, 0)), plain(NOW - HOUR)])
    expect(await packAll()).toBe(1)
    expect(await countHot()).toBe(2)
    expect(await readResults()).toHaveLength(3)
  })

  test('takes a result along that came in late, and counts it once', async () => {
    await insertResults([plain(PAST_HOUR), plain(PAST_HOUR + 2 * MINUTE)])
    await packAll()
    const late = { ...plain(PAST_HOUR + MINUTE, null), verdict: 'down' as const, statusCode: 503 }
    await insertResults([late])
    await rollUp()
    const [before] = await sql`select up, down from public.probe_rollups where resolution = 'hour'`
    expect(before).toEqual({ up: 2, down: 1 })
    await packAll()
    expect(await countHot()).toBe(0)
    expect((await readResults(10, false)).map(({ verdict }) => verdict)).toEqual(['up', 'down', 'up'])
    const [after] =
      await sql`select up, down, phase_sums_ms as phases from public.probe_rollups where resolution = 'hour'`
    expect(after).toEqual({ up: 2, down: 1, phases: [3, 0, 4, 6, 1] })
  })

  test('does not let a gap that is noted later wipe the counts of the hour', async () => {
    await insertResults([plain(PAST_HOUR)])
    await packAll()
    await sql`insert into public.probe_gaps (monitor_id, project_id, from_at, until_at, interval_seconds)
      values (${monitorId}, ${projectId}, ${toIso(PAST_HOUR + 10 * MINUTE)}, ${toIso(PAST_HOUR + 20 * MINUTE)}, 60)`
    await rollUp()
    const [row] = await sql`select up, latency_count from public.probe_rollups where resolution = 'hour'`
    expect(row).toEqual({ up: 1, latency_count: 1 })
  })

  test('pages through rows and packed hours in one order, without a hole or a repetition', async () => {
    const slots = Array.from({ length: 26 * 12 }, (_, n) => NOW - 26 * HOUR + n * 5 * MINUTE)
    await insertResults(slots.map((at) => plain(at)))
    await packAll()
    expect(await countHot()).toBeLessThan(slots.length)
    const seen: string[] = []
    for (;;) {
      const before = seen.at(-1) ?? null
      const [page] = await sql<
        { rows: Row[] }[]
      >`select public.read_results(${monitorId}, null, ${before}, true, 50) as rows`
      if (page === undefined || page.rows.length === 0) break
      seen.push(...page.rows.map(({ slot_at }) => slot_at))
    }
    expect(seen.map((at) => Date.parse(at))).toEqual(slots.toReversed())
  })
})

test('two workers that pack at once move each result once', async () => {
  const minutes = Array.from({ length: 180 }, (_, n) => plain(PAST_HOUR + n * MINUTE))
  await insertResults(minutes)
  await Promise.all([packAll(), packAll(), packAll()])
  await packAll()
  expect(await countHot()).toBe(0)
  expect(await readResults()).toHaveLength(180)
})

test('past retention single results go, and the hour keeps its figures and its histogram', async () => {
  await insertResults([
    plain(PAST_HOUR, 40),
    plain(PAST_HOUR + MINUTE, 40),
    { ...plain(PAST_HOUR + 2 * MINUTE, 5_000), verdict: 'degraded' },
  ])
  await rollUp()
  const columns = sql`up, degraded, latency_count, latency_sum_ms, latency_p95_ms, histogram_keys, histogram_counts, phase_sums_ms`
  const before = await sql`select ${columns} from public.probe_rollups where resolution = 'hour'`
  await packAll()
  await clock.set(PAST_HOUR + 91 * DAY)
  await sql`select public.prune_probe_results(90)`
  expect(await readResults()).toEqual([])
  expect(await sql`select ${columns} from public.probe_rollups where resolution = 'hour'`).toEqual(before)
})

test('a monitor that is deleted takes its packed results with it', async () => {
  const other = await addMonitorRow(sql)
  await sql`insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict)
    values (${other.monitorId}, ${other.projectId}, ${toIso(PAST_HOUR)}, ${toIso(PAST_HOUR)}, 'up')`
  await packAll()
  expect(await sql`select from public.probe_rollups where monitor_id = ${other.monitorId}`).toHaveLength(1)
  await sql`select private.delete_monitor(${other.projectId}, ${other.monitorId}, null, 'ann')`
  expect(await sql`select from public.probe_rollups where monitor_id = ${other.monitorId}`).toHaveLength(0)
})
