import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readOtlpMetrics } from '../../../../lib/adapters/ingest/otlp/metrics.ts'
import { countOf, ZERO_KEY } from '../../../../lib/domain/series/histogram.ts'
import type { HistogramSample, ScalarSample } from '../../../../lib/domain/series/sample.ts'
import type { TelemetryReading } from '../../../../lib/ports/telemetry-format.ts'

const AT = '1770000000000000000'
const AT_MS = 1_770_000_000_000

function read(body: unknown): TelemetryReading {
  const result = readOtlpMetrics(typeof body === 'string' ? body : JSON.stringify(body))
  if (!result.ok) throw new Error(`${result.field} ${result.message}`)
  return result.reading
}

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })

function request(metric: unknown, resource: unknown[] = [], scope: unknown = undefined) {
  return { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ scope, metrics: [metric] }] }] }
}

const gauge = (point: object, name = 'g') => ({ name, gauge: { dataPoints: [{ timeUnixNano: AT, ...point }] } })
const sum = (point: object, more: object = { aggregationTemporality: 2, isMonotonic: true }) => ({
  name: 's',
  sum: { dataPoints: [{ timeUnixNano: AT, ...point }], ...more },
})
const histogram = (point: object, aggregationTemporality = 1) => ({
  name: 'h',
  histogram: { aggregationTemporality, dataPoints: [{ timeUnixNano: AT, ...point }] },
})
const exponential = (point: object, aggregationTemporality = 1) => ({
  name: 'e',
  exponentialHistogram: { aggregationTemporality, dataPoints: [{ timeUnixNano: AT, ...point }] },
})

const scalarOf = (body: unknown) => read(body).series[0]?.samples[0] as ScalarSample | undefined
const histogramOf = (body: unknown) => read(body).series[0]?.samples[0] as HistogramSample

describe('the example of opentelemetry-proto', () => {
  const { series, rejections } = read(
    readFileSync(new URL('../../../fixtures/otlp/metrics.json', import.meta.url), 'utf8'),
  )
  const shared = {
    'service.name': 'my.service',
    'otel.scope.name': 'my.library',
    'my.scope.attribute': 'some scope attribute',
  }
  const times = { at: 1_544_712_660_300, startAt: 1_544_712_660_300 }

  test('is taken whole', () => {
    expect(rejections).toEqual([])
    expect(series.map(({ series: { name, kind, temporality, unit } }) => [name, kind, temporality, unit])).toEqual([
      ['my.counter', 'counter', 'delta', '1'],
      ['my.gauge', 'gauge', null, '1'],
      ['my.histogram', 'histogram', 'delta', '1'],
      ['my.exponential.histogram', 'histogram', 'delta', '1'],
    ])
    expect(series[0]?.series.attributes).toEqual({ ...shared, 'my.counter.attr': 'some value' })
    expect(series[0]?.series.environment).toBe('production')
    expect(series[0]?.samples).toEqual([{ ...times, value: 5 }])
    expect(series[1]?.samples).toEqual([{ ...times, startAt: null, value: 10 }])
  })
  test('keeps one value below and one above the bound of its histogram', () => {
    const sample = series[2]?.samples[0] as HistogramSample
    expect(sample).toMatchObject({ ...times, count: 2, sum: 2, min: 0, max: 2 })
    // Halfway between 0 and 1, and between 1 and 2: 0.5 is the upper edge of key -65, 1.5 lies in key 37.
    expect(sample.histogram).toEqual({ keys: [-65, 37], counts: [1, 1] })
  })
  test('keeps the zero and the two values of its exponential histogram', () => {
    const sample = series[3]?.samples[0] as HistogramSample
    expect(sample).toMatchObject({ count: 3, sum: 10, min: 0, max: 5 })
    // Index 2 at scale 0 is (4, 8]: 6 and 5.
    expect(sample.histogram).toEqual({ keys: [ZERO_KEY, 148, 165], counts: [1, 1, 1] })
  })
})

describe('numbers', () => {
  test.each([
    ['a double', { asDouble: 1.5 }, 1.5],
    ['a whole number as text', { asInt: '9007199254740991' }, 9_007_199_254_740_991],
    ['a whole number as a number', { asInt: -7 }, -7],
    ['zero as text', { asInt: '0' }, 0],
  ])('%s is understood', (_, point, value) => expect(scalarOf(request(gauge(point)))?.value).toBe(value))

  test('times keep their microseconds, as text and as numbers', () => {
    expect(scalarOf(request(gauge({ asInt: 1, timeUnixNano: '1770000000123999999' })))?.at).toBe(AT_MS + 123.999)
    expect(scalarOf(request(gauge({ asInt: 1, timeUnixNano: 1_770_000_000_123_456_000 })))?.at).toBe(AT_MS + 123.456)
  })
  test('a monotonic sum is a counter, one that may fall a gauge', () => {
    expect(read(request(sum({ asInt: 1 }))).series[0]?.series).toMatchObject({
      kind: 'counter',
      temporality: 'cumulative',
    })
    const falling = request(sum({ asInt: -1 }, { aggregationTemporality: 2 }))
    expect(read(falling).series[0]?.series).toMatchObject({ kind: 'gauge', temporality: null })
  })
  test('a point that says it has no value is passed over', () => {
    expect(read(request(gauge({ flags: 1 })))).toMatchObject({ series: [], rejections: [] })
  })
  test('increments of one moment are added up, gauges of one moment are not', () => {
    const point = { timeUnixNano: AT, asInt: 2 }
    const two = { name: 's', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [point, point] } }
    expect(read(request(two))).toMatchObject({ series: [{ samples: [{ value: 4 }] }], mergedCount: 1 })
    const gauges = { name: 'g', gauge: { dataPoints: [point, { ...point, asInt: 3 }] } }
    expect(read(request(gauges))).toMatchObject({ series: [{ samples: [{ value: 3 }] }], mergedCount: 1 })
  })
})

describe('attributes', () => {
  const keys = (body: unknown) => read(body).series[0]?.series.attributes
  test("a point's own win over the scope's, and those over the resource's", () => {
    const body = request(
      gauge({ asInt: 1, attributes: [attribute('c', 'point')] }),
      ['a', 'b', 'c'].map((key) => attribute(key, 'resource')),
      { attributes: ['b', 'c'].map((key) => attribute(key, 'scope')) },
    )
    expect(keys(body)).toEqual({ a: 'resource', b: 'scope', c: 'point' })
  })
  test('of the resource, what changes with every restart is dropped', () => {
    const dropped = ['telemetry.sdk.name', 'process.pid', 'os.type', 'host.id'].map((key) => attribute(key, 'x'))
    const kept = [attribute('host.name', 'web-1'), attribute('service.instance.id', '1')]
    expect(keys(request(gauge({ asInt: 1 }), [...dropped, ...kept]))).toEqual({
      'host.name': 'web-1',
      'service.instance.id': '1',
    })
    const own = request(gauge({ asInt: 1, attributes: [attribute('process.cpu.state', 'user')] }))
    expect(keys(own)).toEqual({ 'process.cpu.state': 'user' })
  })
  test.each([
    ['deployment.environment.name', 'staging'],
    ['deployment.environment', 'preview'],
  ])('%s is the environment', (key, name) => {
    const body = request(gauge({ asInt: 1 }), [attribute(key, name)])
    expect(read(body).series[0]?.series).toMatchObject({ environment: name, attributes: {} })
  })
  test.each([
    [{ boolValue: false }, 'false'],
    [{ intValue: '42' }, '42'],
    [{ intValue: 42 }, '42'],
    [{ doubleValue: 0.5 }, '0.5'],
    [{ bytesValue: 'aGk=' }, 'aGk='],
    [{ arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } }, '["a","1"]'],
    [{ kvlistValue: { values: [{ key: { toString: 1 }, value: { boolValue: true } }, null, 7] } }, '{}'],
    [{ kvlistValue: { values: [{ key: '__proto__', value: { boolValue: true } }] } }, '{"__proto__":true}'],
  ])('%j becomes text', (value, text) => {
    expect(keys(request(gauge({ asInt: 1, attributes: [{ key: 'k', value }] })))).toEqual({ k: text })
  })
  test('a name of JavaScript is a name like others', () => {
    const attributes = keys(
      request(gauge({ asInt: 1, attributes: [attribute('__proto__', 'x'), attribute('constructor', 'y')] })),
    )
    expect(JSON.stringify(attributes)).toBe('{"__proto__":"x","constructor":"y"}')
  })
  test('what Postgres cannot store becomes U+FFFD', () => {
    expect(keys(request(gauge({ asInt: 1, attributes: [attribute('a\0', '\ud800b🙂')] })))).toEqual({
      'a\ufffd': '\ufffdb🙂',
    })
  })
  test('two libraries that use one name have a series each', () => {
    const scoped = (name: string) => ({ scope: { name }, metrics: [gauge({ asInt: 1 })] })
    const body = { resourceMetrics: [{ scopeMetrics: [scoped('one'), scoped('two')] }] }
    expect(read(body).series).toHaveLength(2)
  })
})

describe('histograms with bounds', () => {
  test('values of one bucket stay in it', () => {
    const { histogram: found } = histogramOf(
      request(histogram({ count: 3, bucketCounts: ['0', '3', '0'], explicitBounds: [8, 16] }, 2)),
    )
    expect(countOf(found)).toBe(3)
    for (const key of found.keys) expect(key >= 3 * 64 && key < 4 * 64).toBe(true)
  })
  test('least and greatest value bound the outermost buckets of a delta', () => {
    const point = { count: 4, bucketCounts: [2, 2], explicitBounds: [10], min: 9.99, max: 10.01, sum: 40 }
    const { histogram: found, min, max } = histogramOf(request(histogram(point)))
    expect([min, max]).toEqual([9.99, 10.01])
    expect(found.keys.every((key) => key === 212)).toBe(true)
  })
  test('of a total they are left out, because they are of all time', () => {
    const point = { count: 1, bucketCounts: [0, 1], explicitBounds: [16], min: 1, max: 99 }
    // Right above the last bound is all that is known.
    expect(histogramOf(request(histogram(point, 2)))).toMatchObject({
      min: null,
      max: null,
      histogram: { keys: [256], counts: [1] },
    })
  })
  test('what is not above zero has the key of zero', () => {
    const point = { count: 2, bucketCounts: [2, 0], explicitBounds: [0] }
    expect(histogramOf(request(histogram(point, 2))).histogram).toEqual({ keys: [ZERO_KEY], counts: [2] })
  })
  test('without bounds a delta lies between its least and its greatest value, or at its mean', () => {
    const between = histogramOf(
      request(histogram({ count: 2, sum: 3, min: 1, max: 2, bucketCounts: [2], explicitBounds: [] })),
    )
    expect(countOf(between.histogram)).toBe(2)
    expect(histogramOf(request(histogram({ count: 2, sum: 8 }))).histogram).toEqual({ keys: [127], counts: [2] })
  })
  test('an empty one counts nothing', () => {
    expect(histogramOf(request(histogram({ count: '0', sum: 0 })))).toMatchObject({
      count: 0,
      histogram: { keys: [], counts: [] },
    })
  })
})

describe('exponential histograms', () => {
  const keysAt = (scale: number, offset: number, bucketCounts: number[]) => {
    const count = bucketCounts.reduce((total, some) => total + some, 0)
    return histogramOf(request(exponential({ scale, count, positive: { offset, bucketCounts } }, 2))).histogram
  }
  test('scale 6 is taken as it is', () => expect(keysAt(6, -3, [1, 0, 2])).toEqual({ keys: [-3, -1], counts: [1, 2] }))
  test.each([
    [7, -3, [1, 1, 1, 1, 1], { keys: [-2, -1, 0], counts: [1, 2, 2] }],
    [20, -16_385, [1, 1], { keys: [-2, -1], counts: [1, 1] }],
    [8, 4, [1, 1, 1, 1, 5], { keys: [1, 2], counts: [4, 5] }],
  ])('scale %i is shifted down exactly', (scale, offset, counts, expected) => {
    expect(keysAt(scale, offset, counts)).toEqual(expected)
  })
  test('a coarser bucket is spread over the keys that it covers', () => {
    const found = keysAt(4, 10, [4])
    expect(found.keys.every((key) => key >= 40 && key < 44)).toBe(true)
    expect(countOf(found)).toBe(4)
  })
})

describe('what is wrong is refused alone, and named', () => {
  const place = (field: string) => `resourceMetrics[0].scopeMetrics[0].metrics[0].${field}`
  test.each([
    ['a point without a time', gauge({ asInt: 1, timeUnixNano: undefined }), 'gauge.dataPoints[0].timeUnixNano'],
    ['a time of zero', gauge({ asInt: 1, timeUnixNano: '0' }), 'gauge.dataPoints[0].timeUnixNano'],
    ['a time in words', gauge({ asInt: 1, timeUnixNano: 'today' }), 'gauge.dataPoints[0].timeUnixNano'],
    ['a point without a value', gauge({}), 'gauge.dataPoints[0].asDouble'],
    ['not a number', gauge({ asDouble: 'NaN' }), 'gauge.dataPoints[0].asDouble'],
    ['infinity', gauge({ asDouble: 'Infinity' }), 'gauge.dataPoints[0].asDouble'],
    ['a number that no database adds up', gauge({ asDouble: 1e308 }), 'gauge.dataPoints[0].asDouble'],
    ['text for a number', gauge({ asInt: 'many' }), 'gauge.dataPoints[0].asInt'],
    ['a fraction for a whole number', gauge({ asInt: 1.5 }), 'gauge.dataPoints[0].asInt'],
    ['a point that is none', { name: 'g', gauge: { dataPoints: [null] } }, 'gauge.dataPoints[0]'],
    ['points that are no list', { name: 'g', gauge: { dataPoints: 7 } }, 'gauge.dataPoints'],
    ['attributes that are no list', gauge({ asInt: 1, attributes: {} }), 'gauge.dataPoints[0].attributes'],
    ['a counter below zero', sum({ asInt: -1 }), 'sum.dataPoints[0].asInt'],
    ['no temporality', sum({ asInt: 1 }, { isMonotonic: true }), 'sum.aggregationTemporality'],
    ['a temporality in words', sum({ asInt: 1 }, { aggregationTemporality: 'DELTA' }), 'sum.aggregationTemporality'],
    ['steps of what may fall', sum({ asInt: 1 }, { aggregationTemporality: 1 }), 'sum.aggregationTemporality'],
    ['a metric without a name', { gauge: { dataPoints: [] } }, 'name'],
    ['a metric without data', { name: 'x' }, 'gauge'],
    ['a summary', { name: 'x', summary: { dataPoints: [{}, {}] } }, 'summary'],
    ['a long name', gauge({ asInt: 1 }, 'x'.repeat(201)), 'name'],
    [
      'buckets that do not fit the bounds',
      histogram({ count: 1, bucketCounts: [1], explicitBounds: [1, 2] }),
      'histogram.dataPoints[0].bucketCounts',
    ],
    [
      'buckets that do not add up',
      histogram({ count: 3, bucketCounts: [1, 1], explicitBounds: [1] }),
      'histogram.dataPoints[0].bucketCounts',
    ],
    [
      'bounds that fall',
      histogram({ count: 3, bucketCounts: [1, 1, 1], explicitBounds: [2, 1] }),
      'histogram.dataPoints[0].explicitBounds',
    ],
    [
      'a total without bounds',
      histogram({ count: 3, sum: 3, bucketCounts: [3] }, 2),
      'histogram.dataPoints[0].explicitBounds',
    ],
    [
      'values below zero',
      histogram({ count: 1, bucketCounts: [1, 0], explicitBounds: [-1] }),
      'histogram.dataPoints[0].bucketCounts[0]',
    ],
    [
      'a least value below zero',
      histogram({ count: 1, min: -1, bucketCounts: [1, 0], explicitBounds: [1] }),
      'histogram.dataPoints[0].min',
    ],
    [
      'negative buckets',
      exponential({ scale: 6, count: 1, negative: { bucketCounts: [1] } }),
      'exponentialHistogram.dataPoints[0].negative.bucketCounts',
    ],
    ['a scale that nobody has', exponential({ scale: 90, count: 0 }), 'exponentialHistogram.dataPoints[0].scale'],
    [
      'an offset that is no whole number',
      exponential({ scale: 6, count: 0, positive: { offset: 0.5 } }),
      'exponentialHistogram.dataPoints[0].positive.offset',
    ],
  ])('%s', (_, metric, field) => {
    const other = gauge({ asInt: 1 }, 'other')
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric, other] }] }] }
    const { series, refusals, rejections } = read(body)
    expect(series.map(({ series: { name } }) => name)).toEqual(['other'])
    expect(refusals.map((refusal) => refusal.field)).toEqual([place(field)])
    expect(rejections[0]?.message).toContain(place(field))
  })
  test('a refused metric counts for each of its points', () => {
    expect(read(request({ name: 'x', summary: { dataPoints: [{}, {}, {}] } })).rejections).toMatchObject([
      { code: 'invalid', count: 3 },
    ])
  })
  test.each([
    ['too many', Array.from({ length: 41 }, (_, index) => attribute(`a${index}`, 'x')), 'attributes'],
    ['a long name', [attribute('x'.repeat(201), 'x')], 'attributes'],
    ['a long value', [attribute('k', 'x'.repeat(1_001))], 'attributes["k"]'],
  ])('%s of attributes are too much', (_, attributes, field) => {
    const { refusals } = read(request(gauge({ asInt: 1, attributes })))
    expect(refusals).toMatchObject([{ code: 'too_long', field: place(`gauge.dataPoints[0].${field}`) }])
  })
})

describe('the body as a whole', () => {
  test.each([
    ['{"resourceMetrics":', '', /ends too early/],
    ['{"resourceMetrics":[}', '', /written wrong/],
    ['{"resourceMetrics":[1 2]}', '', /written wrong at character 23/],
    ['', '', /empty/],
    ['[]', '', /must be an object/],
    ['{"resourceMetrics":{}}', 'resourceMetrics', /must be a list/],
    ['{"resourceMetrics":[7]}', 'resourceMetrics[0]', /must be an object/],
    [
      '{"resourceMetrics":[{"resource":{"attributes":[{"key":1}]}}]}',
      'resourceMetrics[0].resource.attributes[0].key',
      /must be text/,
    ],
    [
      '{"resourceMetrics":[{"scopeMetrics":[{"metrics":"x"}]}]}',
      'resourceMetrics[0].scopeMetrics[0].metrics',
      /must be a list/,
    ],
  ])('%s is refused', (body, field, message) => {
    const result = readOtlpMetrics(body)
    expect(result).toMatchObject({ ok: false, field })
    expect(result.ok ? '' : result.message).toMatch(message)
  })
  test('an empty request is fine, and unknown fields are passed over', () => {
    expect(read('{}')).toMatchObject({ series: [], rejections: [], warning: null })
    expect(read({ resourceMetrics: null })).toMatchObject({ series: [], rejections: [] })
    expect(
      read({ ...request({ ...gauge({ asInt: 1, exemplars: [{}] }), schemaUrl: 'x' }), more: 1 }).series,
    ).toHaveLength(1)
  })
  test('one that has only what another address takes gets a warning', () => {
    expect(read({ resourceLogs: [] }).warning).toMatch(/reads resourceMetrics/)
  })
  test('what the parser says of a body does not quote it', () => {
    expect(readOtlpMetrics('{"password": hunter2}')).toMatchObject({ message: expect.not.stringContaining('hunter2') })
  })
})
