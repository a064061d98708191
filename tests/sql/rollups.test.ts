import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND, toIso } from '../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock, testDatabase } from '../support/postgres.ts'
import { addMonitorRow } from './rows.ts'

const { sql } = await testDatabase()
/** A day without partitions: everything lands in the default one, which no retention touches here. */
const MIDNIGHT = Date.UTC(2031, 2, 15)
await replaceDatabaseClock(sql, MIDNIGHT + DAY)
const { monitorId, projectId } = await addMonitorRow(sql)

beforeEach(async () => {
  await sql`truncate public.probe_results, public.probe_gaps, public.probe_rollups`
})

interface Result {
  slotAt: number
  verdict: 'up' | 'degraded' | 'down'
  latencyMs: number | null
}

async function insertResults(results: readonly Result[]): Promise<void> {
  if (results.length === 0) return
  const rows = results.map(({ slotAt, verdict, latencyMs }) => ({
    slot_at: toIso(slotAt),
    verdict,
    latency_ms: latencyMs,
  }))
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms, phases)
    select ${monitorId}, ${projectId}, slot_at, slot_at, verdict, latency_ms, array[1, 2, null, latency_ms, 0.5]::real[]
    from jsonb_to_recordset(${sql.json(rows)}) as item(slot_at timestamptz, verdict text, latency_ms real)`
}

async function insertGap(from: number, until: number, intervalSeconds: number): Promise<void> {
  await sql`
    insert into public.probe_gaps (monitor_id, project_id, from_at, until_at, interval_seconds)
    values (${monitorId}, ${projectId}, ${toIso(from)}, ${toIso(until)}, ${intervalSeconds})`
}

const rollup = (from: number, until: number) => sql`select public.rollup_probe_results(${toIso(from)}, ${toIso(until)})`
const rollupDays = (from: number, until: number) => sql`select public.rollup_days(${toIso(from)}, ${toIso(until)})`

async function readRollups(resolution: 'hour' | 'day') {
  return sql<
    {
      at: Date
      up: number
      degraded: number
      down: number
      unknown: number
      count: number
      keys: number[]
      counts: number[]
    }[]
  >`
    select bucket_at as at, up, degraded, down, unknown, latency_count as count, latency_sum_ms as sum, latency_min_ms as min,
      latency_max_ms as max, latency_p50_ms as p50, latency_p95_ms as p95, histogram_keys as keys, histogram_counts as counts,
      phase_sums_ms as phases
    from public.probe_rollups where resolution = ${resolution} order by bucket_at`
}

/** Minute slots of five hours; latencies that a real cannot blur. */
const results = fc.uniqueArray(
  fc.record({
    slotAt: fc.integer({ min: 0, max: 299 }).map((minute) => MIDNIGHT + minute * MINUTE),
    verdict: fc.constantFrom('up' as const, 'degraded' as const, 'down' as const),
    latencyMs: fc.option(fc.integer({ min: 0, max: 80_000 }).map((quarter) => quarter / 4)),
  }),
  { selector: ({ slotAt }) => slotAt, maxLength: 120 },
)

test('a rollup is what one computes from its results directly, and computing it again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(results, async (all) => {
      await sql`truncate public.probe_results, public.probe_rollups`
      await insertResults(all)
      await rollup(MIDNIGHT, MIDNIGHT + 5 * HOUR)
      const rows = await readRollups('hour')
      expect(rows.map((row) => ({ ...row, keys: undefined, counts: undefined, phases: undefined }))).toEqual(
        expectedHours(all),
      )
      for (const row of rows) expect(sum(row.counts)).toBe(row.count)
      await rollup(MIDNIGHT, MIDNIGHT + 5 * HOUR)
      expect(await readRollups('hour')).toEqual(rows)
    }),
    { numRuns: 25 },
  )
})

test('a day is the sum of its hours: counts, extremes and histograms', async () => {
  await fc.assert(
    fc.asyncProperty(results, async (all) => {
      await sql`truncate public.probe_results, public.probe_rollups`
      await insertResults(all)
      await rollup(MIDNIGHT, MIDNIGHT + 5 * HOUR)
      await rollupDays(MIDNIGHT, MIDNIGHT)
      const hours = await readRollups('hour')
      const days = await readRollups('day')
      expect(days).toHaveLength(all.length === 0 ? 0 : 1)
      if (all.length === 0) return
      const [day] = days
      for (const column of ['up', 'degraded', 'down', 'unknown', 'count'] as const) {
        expect(day?.[column]).toBe(sum(hours.map((hour) => hour[column])))
      }
      const merged = new Map<number, number>()
      for (const { keys, counts } of hours) {
        for (const [index, key] of keys.entries()) merged.set(key, (merged.get(key) ?? 0) + (counts[index] ?? 0))
      }
      const sorted = [...merged].sort(([one], [other]) => one - other)
      expect(day?.keys).toEqual(sorted.map(([key]) => key))
      expect(day?.counts).toEqual(sorted.map(([, count]) => count))
      await rollupDays(MIDNIGHT, MIDNIGHT)
      expect(await readRollups('day')).toEqual(days)
    }),
    { numRuns: 25 },
  )
})

test('only hours that the span touches are computed', async () => {
  await insertResults(
    [10, 70, 130].map((minute) => ({ slotAt: MIDNIGHT + minute * MINUTE, verdict: 'up', latencyMs: 5 })),
  )
  await rollup(MIDNIGHT + 70 * MINUTE, MIDNIGHT + 71 * MINUTE)
  expect((await readRollups('hour')).map(({ at }) => at.getTime())).toEqual([MIDNIGHT + HOUR])
})

describe('slots of a gap fall into the hours in which they would have been probed', () => {
  test.each([
    ['within an hour', 10 * MINUTE, 20 * MINUTE, 60, [10]],
    ['up to the hour', 50 * MINUTE, 60 * MINUTE, 60, [10]],
    ['from the hour on', 60 * MINUTE, 70 * MINUTE, 60, [0, 10]],
    ['across the hour', 55 * MINUTE, 65 * MINUTE, 60, [5, 5]],
    ['over several hours', 30 * MINUTE, 3 * HOUR + 30 * MINUTE, 60, [30, 60, 60, 30]],
    ['slots that do not divide the hour', 55 * MINUTE, 69 * MINUTE, 420, [1, 1]],
    ['ten-second slots to the last second', 59 * MINUTE + 50 * SECOND, 60 * MINUTE, 10, [1]],
    ['slots longer than an hour', 30 * MINUTE, 4 * HOUR + 30 * MINUTE, 7_200, [1, 0, 1]],
  ])('%s', async (_title, from, until, intervalSeconds, expected) => {
    await insertGap(MIDNIGHT + from, MIDNIGHT + until, intervalSeconds)
    await rollup(MIDNIGHT, MIDNIGHT + 5 * HOUR)
    const rows = await readRollups('hour')
    const byHour = expected.map(
      (_, hour) => rows.find(({ at }) => at.getTime() === MIDNIGHT + hour * HOUR)?.unknown ?? 0,
    )
    expect(byHour).toEqual(expected)
    expect(sum(rows.map(({ unknown }) => unknown))).toBe(sum(expected))
  })

  test('no slot is lost or counted twice, wherever the hours cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(10, 30, 60, 90, 420, 3_600, 5_000),
        async (startSlot, slots, intervalSeconds) => {
          await sql`truncate public.probe_gaps, public.probe_rollups`
          const from = MIDNIGHT + startSlot * 10 * SECOND
          await insertGap(from, from + slots * intervalSeconds * SECOND, intervalSeconds)
          const span = slots * intervalSeconds * SECOND
          await rollup(from, from + span)
          expect(sum((await readRollups('hour')).map(({ unknown }) => unknown))).toBe(slots)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('the histogram follows OTLP at scale 6: bucket k holds (2^(k/64), 2^((k+1)/64)]', () => {
  const keyOf = async (latencyMs: number): Promise<number> => {
    const [row] = await sql<{ key: number }[]>`select private.histogram_key(${latencyMs}::float8) as key`
    return row?.key ?? Number.NaN
  }
  test.each([
    [1, -1],
    [2, 63],
    [4, 127],
    [1_024, 639],
    [0.5, -65],
    [0, -32_768],
    [1.000_001, 0],
    [2.000_001, 64],
  ])('%d ms falls into bucket %i', async (latencyMs, key) => {
    expect(await keyOf(latencyMs)).toBe(key)
  })
  test('no value is further from its bucket than the error that is promised', async () => {
    const values = fc.sample(fc.double({ min: 0.01, max: 120_000, noNaN: true }), { numRuns: 300, seed: 6 })
    const rows = await sql<{ value: number; key: number }[]>`
      select value, private.histogram_key(value) as key from unnest(${values}::float8[]) as value`
    for (const { value, key } of rows) {
      const middle = 2 ** ((key + 0.5) / 64)
      expect(Math.abs(middle - value) / value).toBeLessThanOrEqual(0.0055)
    }
  })
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The rows that the hours should have, computed the long way. */
function expectedHours(all: readonly Result[]) {
  const hours = new Map<number, Result[]>()
  for (const result of all) {
    const at = Math.floor(result.slotAt / HOUR) * HOUR
    hours.set(at, [...(hours.get(at) ?? []), result])
  }
  return [...hours]
    .sort(([one], [other]) => one - other)
    .map(([at, rows]) => {
      const latencies = rows
        .flatMap(({ verdict, latencyMs }) => (verdict === 'down' || latencyMs === null ? [] : [latencyMs]))
        .sort((one, other) => one - other)
      const percentile = (share: number) => latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)] ?? null
      const count = (verdict: Result['verdict']) => rows.filter((row) => row.verdict === verdict).length
      return {
        at: new Date(at),
        up: count('up'),
        degraded: count('degraded'),
        down: count('down'),
        unknown: 0,
        count: latencies.length,
        sum: sum(latencies),
        min: latencies[0] ?? null,
        max: latencies.at(-1) ?? null,
        p50: percentile(0.5),
        p95: percentile(0.95),
        keys: undefined,
        counts: undefined,
        phases: undefined,
      }
    })
}
