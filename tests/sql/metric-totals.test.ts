import { beforeAll, expect, test } from 'vitest'
import type { SeriesSamples } from '../../lib/domain/series/sample.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import { asker, identity, NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let ask: ReturnType<typeof asker>
beforeAll(async () => {
  support = await telemetrySupport()
  projectId = await support.addProject('shop')
  ask = asker((await support.stack.user('viewer', projectId)).client, projectId)
})

const HOUR_AT = NOW - (NOW % HOUR)
const DAY_AT = NOW - (NOW % DAY)
const SPREAD = [1, 2, 3, 5, 8, 13, 21]

function durations(route: string, environment: string, from: Instant, until: Instant): SeriesSamples {
  const samples = []
  for (let at = from; at < until; at += 7 * MINUTE) {
    const keys = SPREAD.map((step) => (at / MINUTE + route.length * step) % 200).sort((one, other) => one - other)
    const unique = [...new Set(keys)]
    const count = unique.length * 2
    samples.push({
      at,
      startAt: at - MINUTE,
      count,
      sum: count * 1.5,
      min: 1,
      max: 9,
      histogram: { keys: unique, counts: unique.map(() => 2) },
    })
  }
  return {
    series: {
      ...identity({ name: 'duration', temporality: 'delta', environment, attributes: { route } }),
      kind: 'histogram',
    },
    samples,
  }
}

const lengths = (queue: string, from: Instant, until: Instant) =>
  scalars(
    { name: 'length', attributes: { queue } },
    Array.from({ length: Math.floor((until - from) / (5 * MINUTE)) }, (_, n) => ({
      at: from + n * 5 * MINUTE,
      value: (n * 7 + queue.length * 11) % 50,
    })),
  )

const AGGREGATES = ['avg', 'max', 'rate', 'p50', 'p99']

/** Every answer that totals may be used for, to ten digits: sums in another order differ in the last one. */
async function answers(): Promise<string> {
  const all = []
  for (const metric of ['duration', 'length']) {
    for (const aggregate of AGGREGATES) {
      for (const stepSeconds of [3_600, 86_400]) {
        for (const groupBy of [[], ['environment']]) {
          for (const where of [{}, { environment: 'production' }, { environment: 'staging' }]) {
            all.push(
              await ask({ metric, aggregate, groupBy, where, from: DAY_AT - DAY, until: DAY_AT + DAY, stepSeconds }),
            )
          }
        }
      }
    }
  }
  return JSON.stringify(all, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value), 1)
}

const countTotals = async () => {
  const [row] = await support.stack.sql<{ hours: number; days: number }[]>`
    select (select count(*)::integer from public.series_hours join public.metric_totals on id = series_id) as hours,
      (select count(*)::integer from public.series_days join public.metric_totals on id = series_id) as days`
  return row
}

/** The same questions while there is no total at all. */
async function answersFromSeries(): Promise<string> {
  await support.stack.sql`delete from public.metric_totals`
  return answers()
}

test('what is read from totals is what the series add up to: when they are made, when late samples come, and when they are made again', async () => {
  const from = HOUR_AT - 24 * HOUR
  await support.send(projectId, {
    series: [
      durations('/a', 'production', from, NOW),
      durations('/bb', 'production', from, NOW - 3 * HOUR),
      durations('/ccc', 'staging', from + 2 * HOUR, NOW),
      lengths('mail', from, NOW),
      lengths('reports', from + HOUR, NOW),
    ],
  })
  await support.rollUp()
  const before = await answers()

  await support.store.rollUpDaysAndPrune()
  const totals = await countTotals()
  // Production's durations and lengths; staging has one series, which is its own total. The hour under way is in none.
  expect(totals?.hours).toBe(2 * ((HOUR_AT - from) / HOUR))
  expect(totals?.days).toBe(2 * 2)
  const made = await answers()
  expect(made.length).toBeGreaterThan(10_000)

  // Days are made in the same hour: before it, a day had nothing to answer from.
  await support.send(projectId, {
    series: [durations('/a', 'production', HOUR_AT - 5 * HOUR + 2 * MINUTE, HOUR_AT - 4 * HOUR)],
  })
  await support.rollUp()
  const late = await answers()
  expect(late).not.toBe(made)
  await support.store.rollUpDaysAndPrune()
  const again = await answers()
  expect(await countTotals()).toEqual(totals)

  const truth = await answersFromSeries()
  expect(again).toBe(truth)
  const hourly = (text: string) =>
    JSON.stringify(JSON.parse(text).filter((_: unknown, n: number) => Math.floor(n / 6) % 2 === 0))
  expect(hourly(late)).toBe(hourly(truth))
  expect(hourly(before)).toBe(hourly(made))
})

test('a metric that several series share from now on gets its totals of all hours that it has', async () => {
  await support.send(projectId, {
    series: [scalars({ name: 'cpu', attributes: { host: 'a' } }, [{ at: NOW - 9 * HOUR, value: 3 }])],
  })
  await support.rollUp()
  await support.store.rollUpDaysAndPrune()
  await support.send(projectId, {
    series: [scalars({ name: 'cpu', attributes: { host: 'b' } }, [{ at: NOW - 9 * HOUR, value: 5 }])],
  })
  await support.rollUp()
  await support.store.rollUpDaysAndPrune()
  const answer = await ask({ metric: 'cpu', aggregate: 'avg', from: DAY_AT, until: NOW, stepSeconds: 3_600 })
  expect(answer?.lines[0]?.points).toEqual([[HOUR_AT - 9 * HOUR, 4]])
  const [row] = await support.stack.sql`
    select sum::float8 as sum from public.series_hours join public.metric_totals on id = series_id where name = 'cpu'`
  expect(row).toEqual({ sum: 8 })
})
