import { expect, test } from 'vitest'
import { toSeries, upSeries } from '../../../lib/domain/database/database-series.ts'
import { figuresOf, snapshotOf } from './figures.ts'

const told = (changes: Parameters<typeof snapshotOf>[0] = {}, calls: { calls: number; meanMs: number }[] = []) =>
  toSeries({
    source: 'shop',
    at: 60_000,
    snapshot: snapshotOf(changes),
    figures: figuresOf({ deadlocks: 7, statsResetAt: 1_000 }),
    calls,
    since: 0,
    toHistogram: (values) => ({ keys: values.map((_, index) => index), counts: values.map(({ count }) => count) }),
  })
const byName = (series: ReturnType<typeof told>, name: string) => series.filter((one) => one.series.name === name)

test('every series names its database and belongs to production', () => {
  for (const { series } of told()) {
    expect(series.attributes['db.source']).toBe('shop')
    expect(series.environment).toBe('production')
  }
})

test('connections are told in all and by state', () => {
  const series = told({ connections: { active: 2, idle: 3 } })
  expect(byName(series, 'db.connections')).toMatchObject([{ samples: [{ value: 5 }] }])
  expect(byName(series, 'db.connections.by_state').map((one) => one.series.attributes['db.connection.state'])).toEqual([
    'active',
    'idle',
  ])
})

test('what is not known has no sample: a gap, and no zero', () => {
  const names = told({ cacheHitRatio: null, cpuRatio: null, storageLimitBytes: null }).map(({ series }) => series.name)
  expect(names).not.toContain('db.cache.hit_ratio')
  expect(names).not.toContain('db.cpu.utilization')
  expect(names).not.toContain('db.storage.utilization')
  expect(names).not.toContain('db.statement.duration')
})

test('deadlocks are a total since their statistics began, durations what came since the reading before', () => {
  const series = told({}, [
    { calls: 3, meanMs: 10 },
    { calls: 1, meanMs: 500 },
  ])
  expect(byName(series, 'db.deadlocks')).toMatchObject([
    { series: { kind: 'counter', temporality: 'cumulative' }, samples: [{ at: 60_000, startAt: 1_000, value: 7 }] },
  ])
  expect(byName(series, 'db.statement.duration')).toMatchObject([
    {
      series: { kind: 'histogram', temporality: 'delta', unit: 's' },
      samples: [{ startAt: 0, count: 4, sum: 0.53, min: 0.01, max: 0.5, histogram: { counts: [3, 1] } }],
    },
  ])
})

test('whether it answered is one series', () => {
  expect([true, false].map((isUp) => upSeries('shop', 1, isUp)[0]?.samples[0])).toEqual([
    { at: 1, startAt: null, value: 1 },
    { at: 1, startAt: null, value: 0 },
  ])
})
