import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCount, formatCoverage, formatLatency, formatUptime } from '../../../lib/domain/rollup/format-figures.ts'

describe('a latency carries its unit and at most three significant digits', () => {
  test.each([
    [0, '0\u00a0ms'],
    [0.4217, '0.422\u00a0ms'],
    [12.34, '12.3\u00a0ms'],
    [123.4, '123\u00a0ms'],
    [999.4, '999\u00a0ms'],
    [999.7, '1\u00a0s'],
    [1_234, '1.23\u00a0s'],
    [12_345, '12.3\u00a0s'],
    [123_456, '123\u00a0s'],
    [null, '–'],
  ])('%s ms is %s', (ms, text) => expect(formatLatency(ms)).toBe(text))

  test('French writes a decimal comma', () => expect(formatLatency(1_234, 'fr')).toBe('1,23\u00a0s'))

  test('no length of answer shows more than three significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 999_000, noNaN: true }), (ms) => {
        const digits = formatLatency(ms)
          .replace(/[^\d.]/g, '')
          .replace(/^0\.?0*/, '')
          .replace('.', '')
        expect(digits.replace(/0+$/, '').length).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('uptime is floored', () => {
  test.each([
    [1, '100%'],
    [0.99999, '99.99%'],
    [0.999_999_999_999, '99.99%'],
    [0.9999, '99.99%'],
    [0.57, '57%'],
    [0.995, '99.5%'],
    [0.000_01, '0%'],
    [0, '0%'],
    [null, '–'],
  ])('%s is %s', (ratio, text) => expect(formatUptime(ratio)).toBe(text))

  test('French sets a narrow no-break space before the sign', () => {
    expect(formatUptime(0.9987, 'fr')).toBe('99,87\u202f%')
  })

  test('nothing below one is ever shown as 100 %', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (ratio) => {
        expect(formatUptime(ratio)).not.toBe('100%')
        expect(formatCoverage(ratio)).not.toBe('100%')
        expect(Number.parseFloat(formatUptime(ratio)) / 100).toBeLessThanOrEqual(ratio + 1e-9)
      }),
    )
  })
})

test('a count groups its digits', () => expect(formatCount(12_345)).toBe('12,345'))
