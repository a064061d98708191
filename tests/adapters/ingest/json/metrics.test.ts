import { describe, expect, test } from 'vitest'
import { readJsonMetrics } from '../../../../lib/adapters/ingest/json/metrics.ts'
import { parseTime } from '../../../../lib/adapters/ingest/json/parse-time.ts'
import type { TelemetryReading } from '../../../../lib/ports/telemetry-format.ts'

const RECEIVED_AT = 1_770_000_000_000

function read(body: unknown): TelemetryReading {
  const result = readJsonMetrics(typeof body === 'string' ? body : JSON.stringify(body), RECEIVED_AT)
  if (!result.ok) throw new Error(`${result.field} ${result.message}`)
  return result.reading
}

const item = { name: 'queue.length', value: 12 }

describe('a metric', () => {
  test('is a gauge of now unless it says otherwise', () => {
    expect(read(item)).toMatchObject({ hasOwnTimes: false, rejections: [] })
    expect(read(item).series).toEqual([
      {
        series: {
          kind: 'gauge',
          temporality: null,
          name: 'queue.length',
          unit: '',
          environment: 'production',
          attributes: {},
        },
        samples: [{ at: RECEIVED_AT, startAt: null, value: 12 }],
      },
    ])
  })
  test.each([
    ['one object', item],
    ['a list', [item]],
    ['a list under metrics', { metrics: [item] }],
  ])('may be sent as %s', (_, body) => expect(read(body).series).toHaveLength(1))

  test('of type counter is an increment', () => {
    const { series } = read({ ...item, type: 'counter', unit: '{job}', at: '2026-02-02T02:40:00Z' })
    expect(series[0]?.series).toMatchObject({ kind: 'counter', temporality: 'delta', unit: '{job}' })
    expect(series[0]?.samples).toEqual([{ at: Date.parse('2026-02-02T02:40:00Z'), startAt: null, value: 12 }])
  })
  test('of type histogram is one measurement, and several of one moment are one sample', () => {
    const values = [0, 1, 2, 2].map((value) => ({ name: 'd', value, type: 'histogram' }))
    const { series, mergedCount } = read(values)
    expect(mergedCount).toBe(3)
    expect(series[0]?.samples).toEqual([
      {
        at: RECEIVED_AT,
        startAt: null,
        count: 4,
        sum: 5,
        min: 0,
        max: 2,
        histogram: { keys: [-32768, -1, 63], counts: [1, 1, 2] },
      },
    ])
  })
  test('has attributes of text, numbers and booleans, one of which is the environment', () => {
    const attributes = { region: 'eu', shard: 3, spot: true, nothing: null, 'deployment.environment.name': 'staging' }
    expect(read({ ...item, attributes }).series[0]?.series).toMatchObject({
      environment: 'staging',
      attributes: { nothing: '', region: 'eu', shard: '3', spot: 'true' },
    })
  })
  test('that says when it was measured can be told from a repetition', () => {
    expect(read([{ ...item, at: RECEIVED_AT }]).hasOwnTimes).toBe(true)
    expect(read([{ ...item, at: RECEIVED_AT }, item]).hasOwnTimes).toBe(false)
  })
})

describe('what is wrong is refused alone, and named', () => {
  test.each([
    [{ value: 1 }, 'name', 'is missing'],
    [{ name: '', value: 1 }, 'name', 'must not be empty'],
    [{ name: 7, value: 1 }, 'name', 'must be text'],
    [{ name: 'x'.repeat(201), value: 1 }, 'name', 'may have 200 characters'],
    [{ name: 'a' }, 'value', 'is missing'],
    [{ name: 'a', value: '12' }, 'value', 'must be a finite number'],
    [{ name: 'a', value: null }, 'value', 'must be a finite number'],
    [{ ...item, type: 'summary' }, 'type', 'must be gauge, counter or histogram'],
    [{ ...item, type: 'counter', value: -1 }, 'value', 'must not be negative for a counter'],
    [{ ...item, unit: 7 }, 'unit', 'must be text'],
    [{ ...item, at: 'yesterday' }, 'at', 'must be a time such as'],
    [{ ...item, at: '2026-02-31T00:00:00Z' }, 'at', 'must be a time such as'],
    [{ ...item, attributes: [] }, 'attributes', 'must be'],
    [{ ...item, attributes: { a: {} } }, 'attributes.a', 'must be text, a number, true or false'],
    [{ ...item, attributes: { a: 'x'.repeat(1_001) } }, 'attributes["a"]', 'may have 1000 characters'],
  ])('%j', (wrong, field, message) => {
    const { series, refusals } = read({ metrics: [item, wrong] })
    expect(series).toHaveLength(1)
    expect(refusals.map((one) => one.field)).toEqual([`metrics[1].${field}`])
    expect(refusals[0]?.message).toContain(message)
  })
  test('a misspelt field is told, not lost', () => {
    expect(read([{ ...item, tags: {} }]).refusals).toMatchObject([
      { field: '[0]', message: expect.stringContaining('not known') },
    ])
  })
  test('a number that is too large for JSON is no number', () => {
    expect(read('{"name":"a","value":1e999}').refusals).toMatchObject([{ field: 'value' }])
  })
  test.each(['7', '"x"', 'null', 'true'])('%s is no metric', (body) => expect(read(body).refusals).toHaveLength(1))
  test('a body that is no JSON, or whose metrics are no list, is refused whole', () => {
    expect(readJsonMetrics('{', RECEIVED_AT)).toMatchObject({ ok: false, field: '' })
    expect(readJsonMetrics('{"metrics":{}}', RECEIVED_AT)).toMatchObject({ ok: false, field: 'metrics' })
  })
  test('of a hundred thousand wrong ones all are counted and some are told', () => {
    const { refusals, rejections } = read(`[${'{},'.repeat(99_999)}{}]`)
    expect(refusals).toHaveLength(100)
    expect(rejections).toMatchObject([{ code: 'invalid', count: 100_000 }])
  })
})

describe('times', () => {
  const at = Date.parse('2026-01-15T10:30:00Z')
  test.each([
    ['2026-01-15T10:30:00Z', at],
    ['2026-01-15T10:30Z', at],
    ['2026-01-15t10:30:00z', at],
    ['2026-01-15 10:30:00', at],
    ['2026-01-15T10:30:00', at],
    ['2026-01-15T10:30:00.123456789Z', at + 123],
    ['2026-01-15T10:30:00,5Z', at + 500],
    ['2026-01-15T11:30:00+01:00', at],
    ['2026-01-15T05:00:00-0530', at],
    [at / 1_000, at],
    [at / 1_000 + 0.25, at + 250],
    [at, at],
    [at * 1_000, at],
    [at * 1_000_000, at],
    [String(at), at],
  ])('%s is understood', (given, instant) => expect(parseTime(given)).toBe(instant))
  test.each(['', 'now', '15/01/2026', '2026-13-01T00:00:00Z', '2026-01-15', -1, 0, Number.NaN, 1e300, true, null, {}])(
    '%s is not',
    (given) => expect(parseTime(given)).toBeNull(),
  )
})
