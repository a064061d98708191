import { describe, expect, test } from 'vitest'
import { scrapeToSeries } from '../../../../lib/adapters/ingest/prometheus/to-series.ts'
import { quantile } from '../../../../lib/domain/series/histogram.ts'
import type { HistogramSample, ScalarSample } from '../../../../lib/domain/series/sample.ts'
import { readAllExposition } from '../../../support/read-exposition.ts'

const AT = Date.UTC(2026, 0, 15, 10, 30)

function convert(text: string, { isOpenMetrics = false, include = [] as string[] } = {}) {
  const read = readAllExposition(text, isOpenMetrics)
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  const { series, rejections } = scrapeToSeries(read.exposition, { instance: 'shop', at: AT, include })
  return { rejections, series, all: series.map(({ series: one, samples }) => ({ ...one, samples })) }
}

describe('what becomes of a metric', () => {
  test('a gauge, with the unit of its name, its labels and the monitor as its instance', () => {
    const { all } = convert('# TYPE rss_bytes gauge\nrss_bytes{host="a",empty="",instance="x"} 5e6\n')
    expect(all).toEqual([
      {
        name: 'rss_bytes',
        kind: 'gauge',
        temporality: null,
        unit: 'By',
        environment: 'production',
        attributes: { exported_instance: 'x', host: 'a', instance: 'shop' },
        samples: [{ at: AT, startAt: null, value: 5_000_000 }],
      },
    ])
  })

  test.each([
    ['the older text', false, '# TYPE jobs_total counter\njobs_total{a="1"} 7\njobs_total{a="2"} 8\n'],
    ['OpenMetrics', true, '# TYPE jobs counter\njobs_total{a="1"} 7\njobs_total{a="2"} 8\n# EOF\n'],
  ])('a counter is a total under the same name in %s', (_format, isOpenMetrics, text) => {
    const { all } = convert(text, { isOpenMetrics })
    expect(all).toMatchObject([
      { name: 'jobs_total', kind: 'counter', temporality: 'cumulative', samples: [{ value: 7, startAt: null }] },
      { name: 'jobs_total', attributes: { a: '2', instance: 'shop' }, samples: [{ value: 8 }] },
    ])
  })

  test('_created is when a counter began, each by its labels', () => {
    const created = AT / 1_000 - 60
    const text = `# TYPE jobs counter\njobs_total{a="1"} 7\njobs_created{a="1"} ${created}\njobs_total{a="2"} 8\n# EOF\n`
    const samples = convert(text, { isOpenMetrics: true }).all.flatMap((one) => one.samples as ScalarSample[])
    expect(samples.map(({ startAt }) => startAt)).toEqual([AT - 60_000, null])
  })

  test('a sample that says its time has it', () => {
    expect(convert('a 1 1395066363000\n').all[0]?.samples).toMatchObject([{ at: 1_395_066_363_000 }])
    const text = '# TYPE a gauge\na 1 1395066363.5\n# EOF\n'
    expect(convert(text, { isOpenMetrics: true }).all[0]?.samples).toMatchObject([{ at: 1_395_066_363_500 }])
  })

  test('a summary is its sum and its count; its quantiles cannot be combined and are passed over', () => {
    const { all, rejections } = convert(
      '# TYPE rpc_seconds summary\nrpc_seconds{quantile="0.5"} 3\nrpc_seconds_sum 17\nrpc_seconds_count 5\n',
    )
    expect(all).toMatchObject([
      { name: 'rpc_seconds_sum', kind: 'counter', unit: 's' },
      { name: 'rpc_seconds_count', kind: 'counter', unit: '' },
    ])
    expect(rejections).toEqual([])
  })

  test('infos, states and what has no type are gauges', () => {
    const text = '# TYPE build info\nbuild_info{v="1"} 1\n# TYPE s stateset\ns{s="on"} 1\nplain 4\n# EOF\n'
    expect(convert(text, { isOpenMetrics: true }).all.map(({ name, kind }) => [name, kind])).toEqual([
      ['build_info', 'gauge'],
      ['s', 'gauge'],
      ['plain', 'gauge'],
    ])
  })
})

describe('a histogram', () => {
  const text = (counts: number[], extra = '') =>
    [
      '# TYPE rt_seconds histogram',
      ...['0.1', '1', '+Inf'].map((le, index) => `rt_seconds_bucket{path="/a",le="${le}"} ${counts[index]}`),
      `rt_seconds_sum{path="/a"} 12.5\nrt_seconds_count{path="/a"} ${counts[2]}\n${extra}`,
    ].join('\n')

  test('keeps its name, and its buckets count what lies between their bounds', () => {
    const { all } = convert(text([90, 100, 100]))
    expect(all).toMatchObject([
      {
        name: 'rt_seconds',
        kind: 'histogram',
        temporality: 'cumulative',
        unit: 's',
        attributes: { path: '/a', instance: 'shop' },
        samples: [{ at: AT, count: 100, sum: 12.5, min: null, max: null }],
      },
    ])
    const [sample] = (all[0]?.samples ?? []) as HistogramSample[]
    if (sample === undefined) throw new Error('no sample')
    const at = (q: number) => quantile(sample.histogram, q, { minMs: null, maxMs: null }) ?? Number.NaN
    // Evenly spread over (0, 0.1] and (0.1, 1], as histogram_quantile supposes.
    expect(at(0.45)).toBeCloseTo(0.05, 2)
    expect(at(0.95)).toBeGreaterThan(0.4)
    expect(at(0.95)).toBeLessThan(0.7)
  })

  test('is told apart by its labels but for le, and by nothing else', () => {
    const two = `${text([1, 2, 2])}${text([1, 1, 3])
      .replaceAll('/a', '/b')
      .replace(/^# TYPE.*\n/, '')}`
    expect(convert(two).all.map(({ attributes }) => attributes.path)).toEqual(['/a', '/b'])
  })

  test.each([
    ['has no bucket with le="+Inf"', text([1, 2, 2]).replace('+Inf', '5')],
    ['has buckets that do not count upwards in whole numbers', text([3, 2, 2])],
    ['has buckets that do not count upwards in whole numbers', text([0.5, 2, 2])],
    ['has a bucket whose label le is no finite number', text([1, 2, 2]).replace('"0.1"', '"low"')],
    ['has values below zero, for which there is no bucket here', text([1, 2, 2]).replace('"0.1"', '"-1"')],
  ])('is refused when it %s', (message, given) => {
    const { all, rejections } = convert(given)
    expect(all).toEqual([])
    expect(rejections).toEqual([{ code: 'invalid', count: 1, message: `rt_seconds ${message}.` }])
  })
})

describe('what cannot be kept', () => {
  test('NaN is no value; infinity and counters below zero are refused and counted', () => {
    const { all, rejections } = convert('a NaN\nb +Inf\nc -Inf\n# TYPE d counter\nd -1\ne 1\n')
    expect(all.map(({ name }) => name)).toEqual(['e'])
    expect(rejections).toEqual([{ code: 'invalid', count: 3, message: 'b must be finite, and at most 1e+100.' }])
  })

  test('of more than a thousand series the first are kept, and the rest is said', () => {
    const text = Array.from({ length: 1_500 }, (_, index) => `a{n="${index}"} 1`).join('\n')
    const { series, rejections } = convert(text)
    expect(series).toHaveLength(1_000)
    expect(rejections).toEqual([
      {
        code: 'series_limit',
        count: 500,
        message:
          'The monitor shop reads more than 1000 series, and no more of one scrape are kept: choose fewer names.',
      },
    ])
  })

  test('a label that is too long is refused and not cut', () => {
    const { all, rejections } = convert(`a{b="${'x'.repeat(1_001)}"} 1\nc 1\n`)
    expect(all.map(({ name }) => name)).toEqual(['c'])
    expect(rejections).toMatchObject([{ code: 'too_long', count: 1 }])
  })
})

test.each([
  [['rt_*'], ['rt_seconds']],
  [['*_total'], ['jobs_total']],
  [['jobs'], ['jobs_total']],
  [['*'], ['jobs_total', 'rt_seconds', 'up']],
  [['nothing'], []],
])('patterns %j keep %j', (include, expected) => {
  const text =
    '# TYPE jobs counter\njobs_total 1\n# TYPE rt_seconds histogram\nrt_seconds_bucket{le="+Inf"} 1\nup 1\n# EOF\n'
  expect(convert(text, { isOpenMetrics: true, include }).all.map(({ name }) => name)).toEqual(expected)
})
