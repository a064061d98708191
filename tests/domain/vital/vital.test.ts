import { describe, expect, test } from 'vitest'
import { CLSThresholds, FCPThresholds, INPThresholds, LCPThresholds, TTFBThresholds } from 'web-vitals'
import { assessVitals, rateVital, VITAL_BOUNDS, VITALS } from '../../../lib/domain/vital/vital.ts'

test('the boundaries are those that web-vitals exports', () => {
  expect(VITAL_BOUNDS).toMatchObject({
    lcp: LCPThresholds,
    inp: INPThresholds,
    cls: CLSThresholds,
    fcp: FCPThresholds,
    ttfb: TTFBThresholds,
  })
})

describe.each(VITALS)('%s', (vital) => {
  const [good, poor] = VITAL_BOUNDS[vital]
  test('a value at a boundary belongs to the better class', () => {
    expect(rateVital(vital, good)).toBe('good')
    if (poor > good) expect(rateVital(vital, poor)).toBe('needs_improvement')
    expect(rateVital(vital, poor + 1e-9)).toBe('poor')
    expect(rateVital(vital, 0)).toBe('good')
  })
})

test.each([
  ['all three good', { lcp: 2_500, inp: 200, cls: 0.1 }, 'passes'],
  ['nobody touched anything', { lcp: 1_000, cls: 0 }, 'passes'],
  ['one of them needs improvement', { lcp: 2_501, inp: 100, cls: 0 }, 'fails'],
  ['the one that is there is poor', { inp: 900 }, 'fails'],
  ['others do not count', { lcp: 1_000, inp: 100, cls: 0, ttfb: 9_000, load: 20_000 }, 'passes'],
  ['LCP is missing', { inp: 100, cls: 0 }, 'unknown'],
  ['nothing was measured', {}, 'unknown'],
] as const)('%s', (_name, p75, expected) => {
  expect(assessVitals(p75)).toBe(expected)
})
