import { DDSketch } from '@datadog/sketches-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { addCount, type KeyCounts, keyOf } from '../../lib/adapters/ingest/histogram-key.ts'
import type { HistogramSample, SeriesSamples } from '../../lib/domain/series/sample.ts'
import { HOUR, type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import { asker, identity, NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

/** What the format promises (2^(1/64) buckets): 0.542 %, and a little for the last bit of a logarithm. */
const BOUND = 0.0055
const SKETCH_ACCURACY = 0.01

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let ask: ReturnType<typeof asker>
beforeAll(async () => {
  support = await telemetrySupport()
  projectId = await support.addProject('shop')
  ask = asker((await support.stack.user('viewer', projectId)).client, projectId)
})

/** Mulberry32: the same values in every run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const DISTRIBUTIONS: Record<string, (random: () => number) => number> = {
  lognormal: (random) => Math.exp(normal(random) * 0.8 - 2),
  uniform: (random) => 0.001 + random() * 3,
  bimodal: (random) => (random() < 0.7 ? 0.02 + random() * 0.01 : 4 + random()),
  'heavy-tailed': (random) => 0.05 / (1 - random()) ** 1.2,
  constant: () => 0.25,
  'partly zero': (random) => (random() < 0.3 ? 0 : random()),
}

const HOUR_AT = NOW - (NOW % HOUR)
const DAY_AT = Math.floor(NOW / (24 * HOUR)) * 24 * HOUR

/** Values by minute, as an exporter with delta temporality sends them. */
function toSamples(byMinute: ReadonlyMap<Instant, readonly number[]>, hasExtremes: boolean): HistogramSample[] {
  return [...byMinute].map(([at, values]) => {
    const counts: KeyCounts = new Map()
    for (const value of values) addCount(counts, value === 0 ? -32_768 : keyOf(value), 1)
    const keys = [...counts.keys()].sort((one, other) => one - other)
    return {
      at,
      startAt: at - MINUTE,
      count: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      min: hasExtremes ? Math.min(...values) : null,
      max: hasExtremes ? Math.max(...values) : null,
      histogram: { keys, counts: keys.map((key) => counts.get(key) ?? 0) },
    }
  })
}

/** The value of rank ⌈q·n⌉. */
function exact(values: readonly number[], q: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN
}

const QUANTILES = [
  ['p50', 0.5],
  ['p75', 0.75],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const

describe.each(Object.keys(DISTRIBUTIONS))('%s values', (name) => {
  test.each([true, false])(
    'percentiles of minutes, hours and the day are at most 0.55 %% off (extremes known: %s)',
    async (hasExtremes) => {
      const random = createRandom(name.length * 31 + Number(hasExtremes))
      const draw = DISTRIBUTIONS[name] ?? (() => 0)
      const byMinute = new Map<Instant, number[]>()
      for (let minute = -95; minute < 20; minute += 1)
        byMinute.set(
          HOUR_AT + minute * MINUTE,
          Array.from({ length: 3 + Math.floor(random() * 25) }, () => draw(random)),
        )
      const metric = `${name} ${hasExtremes}`
      const series: SeriesSamples = {
        series: { ...identity({ name: metric, temporality: 'delta' }), kind: 'histogram' },
        samples: toSamples(byMinute, hasExtremes),
      }
      await support.send(projectId, { series: [series] })
      await support.rollUp()
      await support.store.rollUpDaysAndPrune()

      for (const [aggregate, q] of QUANTILES) {
        for (const [stepSeconds, from, until] of [
          [60, HOUR_AT - HOUR, HOUR_AT + 20 * MINUTE],
          [3_600, HOUR_AT - HOUR, HOUR_AT + HOUR],
          [86_400, DAY_AT, DAY_AT + 24 * HOUR],
        ] as const) {
          const answer = await ask({ metric, aggregate, from, until, stepSeconds })
          const points = answer?.lines[0]?.points ?? []
          expect(points.length).toBe({ 60: 80, 3600: 2, 86400: 1 }[stepSeconds])
          for (const [at, estimate] of points) {
            const values = [...byMinute]
              .filter(([minute]) => minute >= at && minute < at + stepSeconds * 1_000)
              .flatMap(([, all]) => all)
            const truth = exact(values, q)
            expect(
              Math.abs(estimate - truth),
              `${aggregate} at ${stepSeconds} s: ${estimate} for ${truth}`,
            ).toBeLessThanOrEqual(truth * BOUND + 1e-12)
            if (stepSeconds === 60) continue
            const sketch = new DDSketch({ relativeAccuracy: SKETCH_ACCURACY })
            for (const value of values) sketch.accept(value)
            // Its rank is ⌊q·(n − 1)⌋, so that the neighbour is as right.
            const others = [sketch.getValueAtQuantile(q), sketch.getValueAtQuantile(Math.min(1, q + 1 / values.length))]
            const low = Math.min(...others) * (1 - BOUND - SKETCH_ACCURACY) - 1e-12
            const high = Math.max(...others) * (1 + BOUND + SKETCH_ACCURACY) + 1e-12
            expect(estimate >= low && estimate <= high, `${aggregate}: ${estimate} beside ${others}`).toBe(true)
          }
        }
      }
    },
  )
})

test('a gauge has percentiles of its samples by the hour, and means, extremes and last values that are exact', async () => {
  const random = createRandom(7)
  const samples = Array.from({ length: 240 }, (_, n) => ({ at: HOUR_AT + n * 5_000, value: random() * 100 }))
  await support.send(projectId, { series: [scalars({ name: 'cpu' }, samples)] })
  await support.rollUp()
  const values = samples.map(({ value }) => value)
  const figure = async (aggregate: string) =>
    (await ask({ metric: 'cpu', aggregate, from: HOUR_AT, until: HOUR_AT + HOUR, stepSeconds: 3_600 }))?.lines[0]
      ?.points[0]?.[1] ?? Number.NaN
  expect(Math.abs((await figure('p95')) - exact(values, 0.95))).toBeLessThanOrEqual(exact(values, 0.95) * BOUND)
  expect(await figure('avg')).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9)
  expect([await figure('min'), await figure('max'), await figure('last')]).toEqual([
    Math.min(...values),
    Math.max(...values),
    values.at(-1),
  ])
})

test('cumulative histograms count what came between their samples, and begin anew when their sender does', async () => {
  const total = (
    count: number,
    keys: number[],
    counts: number[],
    minute: number,
    startAt: Instant,
  ): HistogramSample => ({
    at: HOUR_AT + minute * MINUTE,
    startAt,
    count,
    sum: count,
    min: null,
    max: null,
    histogram: { keys, counts },
  })
  const first = HOUR_AT - MINUTE
  const second = HOUR_AT + 150_000
  const series: SeriesSamples = {
    series: { ...identity({ name: 'cumulative', temporality: 'cumulative' }), kind: 'histogram' },
    samples: [
      total(10, [0, 64], [6, 4], 0, first),
      total(16, [0, 64], [6, 10], 1, first),
      total(16, [0, 64], [6, 10], 2, first),
      // A restart: less than before, from a new start.
      total(3, [128], [3], 3, second),
    ],
  }
  await support.send(projectId, { series: [series] })
  await support.rollUp()
  const counts = await ask({
    metric: 'cumulative',
    aggregate: 'count',
    from: HOUR_AT,
    until: HOUR_AT + HOUR,
    stepSeconds: 60,
  })
  expect(counts?.lines[0]?.points.map(([at, value]) => [(at - HOUR_AT) / MINUTE, value])).toEqual([
    [0, 10],
    [1, 6],
    [3, 3],
  ])
  const median = await ask({
    metric: 'cumulative',
    aggregate: 'p50',
    from: HOUR_AT + MINUTE,
    until: HOUR_AT + 2 * MINUTE,
    stepSeconds: 60,
  })
  // Bucket 64 of scale 6 holds (2, 2.02].
  expect(median?.lines[0]?.points[0]?.[1]).toBeCloseTo(2.01, 1)
})

test('twelve groups are drawn of many, the largest first, and it is said how many there are', async () => {
  const series = Array.from({ length: 20 }, (_, n) =>
    scalars({ name: 'many', attributes: { shard: String(n) } }, [{ at: NOW, value: n }]),
  )
  await support.send(projectId, { series })
  await support.rollUp()
  const answer = await ask({
    metric: 'many',
    groupBy: ['shard'],
    from: HOUR_AT,
    until: HOUR_AT + HOUR,
    stepSeconds: 60,
  })
  expect(answer?.groups_total).toBe(20)
  expect(answer?.lines.map(({ group }) => group[0])).toEqual([
    '19',
    '18',
    '17',
    '16',
    '15',
    '14',
    '13',
    '12',
    '11',
    '10',
    '9',
    '8',
  ])
  const only = await ask({
    metric: 'many',
    where: { shard: '3' },
    from: HOUR_AT,
    until: HOUR_AT + HOUR,
    stepSeconds: 60,
  })
  expect(only?.lines.map(({ points }) => points[0]?.[1])).toEqual([3])
})

test('whoever is not of the project learns nothing, not even that there is such a metric', async () => {
  const outsider = asker((await support.stack.outsider()).client, projectId)
  await expect(outsider({ metric: 'cpu', from: HOUR_AT, until: NOW, stepSeconds: 60 })).rejects.toThrow(
    'no such project',
  )
})

test('what is past its retention is dropped with its partitions, while hours and days stay', async () => {
  const fresh = await telemetrySupport()
  const project = await fresh.addProject('old')
  const look = asker((await fresh.stack.user('viewer', project)).client, project)
  const names = async () =>
    (
      await fresh.stack.sql<{ name: string }[]>`
      select relname as name from pg_class where relispartition and relkind = 'r' and relname ~ '^(samples|series_minutes|series_hours|logs)_'`
    ).map(({ name }) => name)
  await fresh.send(project, {
    series: ['production', 'staging'].map((environment) =>
      scalars({ name: 'cpu', environment }, [{ at: NOW, value: 5 }]),
    ),
  })
  await fresh.rollUp()
  await fresh.store.rollUpDaysAndPrune()
  await fresh.clock.advance(10 * 24 * HOUR)
  await fresh.store.rollUpDaysAndPrune()
  const minutes = (where: Record<string, string>) =>
    look({ metric: 'cpu', where, from: HOUR_AT, until: HOUR_AT + HOUR, stepSeconds: 60 })
  expect((await minutes({ environment: 'production' }))?.lines).toHaveLength(1)
  expect((await minutes({ environment: 'staging' }))?.lines).toHaveLength(0)
  expect(await names()).not.toContain('samples_20261120')
  await fresh.clock.advance(40 * 24 * HOUR)
  await fresh.store.rollUpDaysAndPrune()
  expect((await minutes({ environment: 'production' }))?.lines).toHaveLength(0)
  const hours = await look({ metric: 'cpu', from: HOUR_AT, until: HOUR_AT + HOUR, stepSeconds: 3_600 })
  expect(hours?.lines[0]?.points[0]?.[1]).toBe(5)
})
