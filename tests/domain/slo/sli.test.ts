import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnswerOf, Figures, Span } from '../../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../../lib/domain/series/histogram.ts'
import { type Countable, countAtMost, goodAndTotal, spansOfSlo } from '../../../lib/domain/slo/sli.ts'
import { HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'

const FROM = Date.UTC(2026, 10, 21, 10)

function figures(given: Partial<Figures>): Figures {
  return {
    kind: 'gauge',
    count: 0,
    sum: 0,
    min: null,
    max: null,
    last: null,
    lastAt: FROM,
    histogram: EMPTY_HISTOGRAM,
    ...given,
  }
}

function availability(keys: string[] | null, more: Partial<Countable> = {}): Countable {
  const monitors = { keys, tag: null }
  return {
    indicator: { kind: 'availability', monitors, counting: 'count' },
    method: 'occurrences',
    slice: null,
    ...more,
  }
}

/** Probes by monitor and minute: 1 answered, 0 not. */
function probes(samples: readonly { key: string; at: Instant; up: boolean }[]): AnswerOf {
  return ({ term, groupBy, from, until }) => {
    const wanted = term.where?.monitor
    const inside = samples.filter(({ key, at }) => at >= from && at < until && (wanted === undefined || key === wanted))
    const keys = groupBy.length === 0 ? [null] : [...new Set(inside.map(({ key }) => key))]
    return keys.flatMap((key) => {
      const own = inside.filter((sample) => key === null || sample.key === key)
      if (own.length === 0) return []
      const up = own.filter((sample) => sample.up).length
      return [{ group: key === null ? [] : [key], figures: figures({ count: own.length, sum: up }) }]
    })
  }
}

const SAMPLES = [
  { key: 'api', at: FROM, up: true },
  { key: 'api', at: FROM + MINUTE, up: false },
  { key: 'api', at: FROM + 2 * MINUTE, up: true },
  { key: 'shop', at: FROM, up: true },
  { key: 'blog', at: FROM, up: false },
]

describe('availability', () => {
  test.each([
    ['one monitor', ['api'], { good: 2, total: 3 }],
    ['two of three', ['api', 'shop'], { good: 3, total: 4 }],
    ['all of them', null, { good: 3, total: 5 }],
    ['one that nobody probed', ['ghost'], null],
  ])('counts the probes of %s', (_name, keys, expected) => {
    expect(goodAndTotal(availability(keys), FROM, FROM + HOUR, probes(SAMPLES))).toEqual(expected)
  })
  test('a tag whose monitors nobody looked up is a bug and no silence', () => {
    const slo = availability(null)
    const unresolved = { ...slo, indicator: { ...slo.indicator, monitors: { keys: null, tag: 'prod' } } } as Countable
    expect(() => spansOfSlo(unresolved, FROM, FROM + HOUR)).toThrow('not resolved')
  })
  test('slices of five minutes: one that has a failure is bad, one without probes is unknown', () => {
    const slo = availability(['api'], { method: 'timeslices', slice: { lengthMs: 5 * MINUTE, target: 1 } })
    const later = { key: 'api', at: FROM + 12 * MINUTE, up: true }
    expect(goodAndTotal(slo, FROM, FROM + 15 * MINUTE, probes([...SAMPLES, later]))).toEqual({ good: 1, total: 2 })
    const ratio = { ...slo, method: 'ratio_timeslices' } as const
    expect(goodAndTotal(ratio, FROM, FROM + 15 * MINUTE, probes([...SAMPLES, later]))?.good).toBeCloseTo(5 / 3)
  })
  test('a slice that is not over is left out, and a window shorter than a slice has the last whole one', () => {
    const slo = availability(['api'], { method: 'timeslices', slice: { lengthMs: 10 * MINUTE, target: 1 } })
    const spans = spansOfSlo(slo, FROM + 13 * MINUTE, FROM + 18 * MINUTE)
    expect(spans.map(({ from, until }) => [from, until])).toEqual([[FROM, FROM + 10 * MINUTE]])
  })
})

describe('latency', () => {
  const slo: Countable = {
    indicator: { kind: 'latency', term: { metric: 'latency', aggregate: 'count' }, threshold: 0.5 },
    method: 'occurrences',
    slice: null,
  }
  test('a value of exactly the threshold is good', () => {
    // Bucket -65 holds (2^(-65/64), 2^(-64/64)], which ends at 0.5.
    expect(countAtMost({ keys: [-70, -65, -64], counts: [5, 2, 3] }, 0.5)).toBe(7)
    expect(countAtMost({ keys: [-32768, 10], counts: [1, 1] }, 0.5)).toBe(1)
  })
  test('asks for histograms and counts them', () => {
    const asked: Span[] = []
    const answerOf: AnswerOf = (span) => {
      asked.push(span)
      const histogram = { keys: [-100, 0], counts: [95, 5] }
      return [{ group: [], figures: figures({ kind: 'histogram', count: 100, histogram }) }]
    }
    expect(goodAndTotal(slo, FROM, FROM + HOUR, answerOf)).toEqual({ good: 95, total: 100 })
    expect(asked.map(({ term }) => term.aggregate)).toEqual(['p95'])
  })
  test('no value is counted as good that is more than one bucket (1.09 %) above, and none missed that is at or below', () => {
    const keyOf = (value: number) => Math.ceil(Math.log2(value) * 64) - 1
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (threshold, by) => {
          const value = threshold * by
          const isGood = countAtMost({ keys: [keyOf(value)], counts: [1] }, threshold) === 1
          if (value <= threshold) expect(isGood).toBe(true)
          if (value > threshold * 1.0109) expect(isGood).toBe(false)
        },
      ),
    )
  })
})

describe('ratio of two metrics', () => {
  const total = { metric: 'requests', aggregate: 'count' } as const
  const failed = { ...total, where: { status: { prefix: '5' } } }
  const answer =
    (bad: number, all: number | null): AnswerOf =>
    ({ term }) => {
      const count = term.where === undefined ? all : bad
      return count === null ? [] : [{ group: [], figures: figures({ kind: 'counter', count: 3, sum: count }) }]
    }
  test.each([
    ['what failed is taken off', null, failed, 3, 100, { good: 97, total: 100 }],
    ['what went well is counted', failed, null, 3, 100, { good: 3, total: 100 }],
    ['more parts than the whole are the whole', failed, null, 120, 100, { good: 100, total: 100 }],
    ['nothing in all is unknown', null, failed, 0, null, null],
  ] as const)('%s', (_name, good, bad, part, all, expected) => {
    const slo: Countable = { indicator: { kind: 'ratio', good, bad, total }, method: 'occurrences', slice: null }
    expect(goodAndTotal(slo, FROM, FROM + HOUR, answer(part, all))).toEqual(expected)
  })
})

test('a page view is good by the official bound of its vital', () => {
  const slo: Countable = {
    indicator: { kind: 'web_vital', vital: 'lcp', page: '/' },
    method: 'occurrences',
    slice: null,
  }
  const [span] = spansOfSlo(slo, FROM, FROM + HOUR)
  expect(span?.term).toEqual({ metric: 'web.lcp', aggregate: 'p75', where: { page: '/' } })
  const key = (ms: number) => Math.ceil(Math.log2(ms) * 64) - 1
  const histogram = { keys: [key(2_400), key(2_600)], counts: [3, 1] }
  const answerOf: AnswerOf = () => [{ group: [], figures: figures({ kind: 'histogram', count: 4, histogram }) }]
  expect(goodAndTotal(slo, FROM, FROM + HOUR, answerOf)).toEqual({ good: 3, total: 4 })
})

test('what was counted in parts adds up to the whole, for events and for slices', () => {
  const bits = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })
  const methods = fc.constantFrom<Countable['method']>('occurrences', 'timeslices', 'ratio_timeslices')
  fc.assert(
    fc.property(bits, methods, (ups, method) => {
      const slice = method === 'occurrences' ? null : { lengthMs: 5 * MINUTE, target: 0.8 }
      const slo = availability(['api'], { method, slice })
      const answerOf = probes(ups.map((up, minute) => ({ key: 'api', at: FROM + minute * MINUTE, up })))
      const half = FROM + 30 * MINUTE
      const parts = [goodAndTotal(slo, FROM, half, answerOf), goodAndTotal(slo, half, FROM + HOUR, answerOf)]
      const whole = goodAndTotal(slo, FROM, FROM + HOUR, answerOf)
      expect(parts.reduce((sum, part) => sum + (part?.good ?? 0), 0)).toBeCloseTo(whole?.good ?? -1)
      expect(parts.reduce((sum, part) => sum + (part?.total ?? 0), 0)).toBe(whole?.total)
    }),
  )
})
