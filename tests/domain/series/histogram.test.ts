import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countOf,
  EMPTY_HISTOGRAM,
  type Histogram,
  mergeHistograms,
  quantile,
  ZERO_KEY,
} from '../../../lib/domain/series/histogram.ts'
import { spanOf } from '../report/figures-of.ts'

const latencies = fc.array(fc.double({ min: 0.01, max: 120_000, noNaN: true }), { minLength: 1, maxLength: 300 })
const shares = fc.constantFrom(0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1)
const boundsOf = (values: readonly number[]) => ({ minMs: Math.min(...values), maxMs: Math.max(...values) })
const histogramOf = (values: readonly number[]): Histogram => spanOf(values).histogram

test('a quantile is at most 0.55 % away from the value of rank ⌈q·n⌉', () => {
  fc.assert(
    fc.property(latencies, shares, (values, q) => {
      const sorted = [...values].sort((one, other) => one - other)
      const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN
      const estimate = quantile(histogramOf(values), q, boundsOf(values)) ?? Number.NaN
      expect(Math.abs(estimate - exact) / exact).toBeLessThanOrEqual(0.0055)
    }),
    { numRuns: 500 },
  )
})

test('a quantile never leaves the smallest and the largest value, and never falls as q grows', () => {
  fc.assert(
    fc.property(latencies, shares, shares, (values, one, other) => {
      const { minMs, maxMs } = boundsOf(values)
      const at = (q: number) => quantile(histogramOf(values), q, { minMs, maxMs }) ?? Number.NaN
      expect(at(one)).toBeGreaterThanOrEqual(minMs)
      expect(at(one)).toBeLessThanOrEqual(maxMs)
      expect(at(Math.max(one, other))).toBeGreaterThanOrEqual(at(Math.min(one, other)))
    }),
  )
})

test('merging parts in any order is the histogram of the whole', () => {
  fc.assert(
    fc.property(fc.array(latencies, { maxLength: 5 }), (parts) => {
      const histograms = parts.map(histogramOf)
      const whole = histogramOf(parts.flat())
      expect(mergeHistograms(histograms)).toEqual(whole)
      expect(mergeHistograms(histograms.toReversed())).toEqual(whole)
      expect(mergeHistograms([mergeHistograms(histograms.slice(0, 2)), ...histograms.slice(2)])).toEqual(whole)
      expect(countOf(whole)).toBe(parts.flat().length)
    }),
  )
})

test('nothing measured has no quantile, and one value is its own quantile', () => {
  expect(quantile(EMPTY_HISTOGRAM, 0.95, { minMs: null, maxMs: null })).toBeNull()
  expect(quantile(histogramOf([42.4]), 0.5, { minMs: 42.4, maxMs: 42.4 })).toBe(42.4)
})

test('zeros are counted below everything else', () => {
  const histogram = { keys: [ZERO_KEY, 640], counts: [3, 1] }
  expect(quantile(histogram, 0.75, { minMs: 0, maxMs: 1_050 })).toBe(0)
  expect(quantile(histogram, 0.76, { minMs: 0, maxMs: 1_050 })).toBeCloseTo(1_030, -1)
})
