import { describe, expect, test } from 'vitest'
import { checkSlo, findingSentence, writePercent } from '../../../lib/domain/slo/check.ts'
import { budgetSentence, writeExact } from '../../../lib/domain/slo/describe.ts'
import type { SloSpec } from '../../../lib/domain/slo/slo.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

const slo = (more: Partial<SloSpec> = {}): SloSpec => ({
  key: 'up',
  name: 'Up',
  description: '',
  indicator: { kind: 'availability', monitors: { keys: null, tag: null }, counting: 'count' },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.999,
  slice: null,
  ...more,
})
/** One probe a minute. */
const MINUTELY = { probesADay: 1_440 }

describe('a target that makes no sense', () => {
  test('99.999 % of a probe a minute allow less than one to fail: refused with the arithmetic', () => {
    const [finding] = checkSlo(slo({ target: 0.99999 }), MINUTELY)
    expect(finding).toMatchObject({
      code: 'never_met',
      level: 'error',
      inPeriod: 43_200,
      allowed: expect.closeTo(0.432),
    })
    if (finding === undefined) return
    expect(findingSentence(finding, 0.99999, 'en')).toBe(
      'Never met: 99.999% of 43,200 probes allow 0.43 to fail, so the first one spends it all. Choose at most 99.9976%, measure more often, or take a longer period.',
    )
    expect(findingSentence(finding, 0.99999, 'fr')).toContain('autorisent 0,43 en échec')
  })
  test.each([
    ['just one probe may fail', { target: 1 - 1 / 43_200 }, MINUTELY, []],
    ['just less than one', { target: 1 - 0.99 / 43_200 }, MINUTELY, ['never_met']],
    ['nobody knows how many probes there are', { target: 0.99999 }, { probesADay: null }, []],
    [
      'slices of an hour',
      { method: 'timeslices', slice: { lengthMs: 60 * MINUTE, target: 1 }, target: 0.999 },
      MINUTELY,
      ['never_met'],
    ],
    ['fast alerts that can be reached', { target: 0.9306 }, MINUTELY, []],
    ['fast alerts that cannot', { target: 0.93 }, MINUTELY, ['never_pages']],
    [
      'slices that are too many for three days',
      { method: 'timeslices', slice: { lengthMs: MINUTE, target: 1 }, target: 0.99 },
      MINUTELY,
      ['window_left_out'],
    ],
  ] as const)('%s', (_name, more, facts, codes) => {
    expect(checkSlo(slo(more), facts).map(({ code }) => code)).toEqual(codes)
  })
  test('an alert that can never fire says how high the rate can go, and from which target on it can', () => {
    const [finding] = checkSlo(slo({ target: 0.8 }), MINUTELY)
    if (finding === undefined) throw new Error('nothing was found')
    expect(findingSentence(finding, 0.8, 'en')).toBe(
      'At 80%, even if everything fails, the budget is spent at only 5 times the planned rate: the alert at 6 times can never fire. It can from 83.333333% on.',
    )
  })
})

describe('what a target allows, in words', () => {
  test.each([
    [slo(), '99.9% over 30 days = 43 min 12 s of downtime'],
    [slo({ target: 0.99999 }), '99.999% over 30 days = 25.92 s of downtime'],
    [
      slo({ target: 0.995, window: { kind: 'calendar', unit: 'year', timeZone: 'UTC' } }),
      '99.5% over a year (365 days) = 1 d 19 h 48 min of downtime',
    ],
    [
      slo({ indicator: { kind: 'web_vital', vital: 'lcp', page: null }, target: 0.75 }),
      '75% over 30 days = 25 of 100 may fail',
    ],
    [
      slo({ indicator: { kind: 'web_vital', vital: 'lcp', page: null }, target: 0.9995 }),
      '99.95% over 30 days = 5 of 10,000 may fail',
    ],
  ])('%#', (spec, sentence) => {
    expect(budgetSentence(spec, 'en')).toBe(sentence)
  })
  test('in French', () => {
    expect(budgetSentence(slo(), 'fr')).toBe('99,9\u202f% sur 30\u00a0jours = 43 min 12 s d’indisponibilité')
  })
  test.each([
    [0, '0 s'],
    [2_592_000, '43 min 12 s'],
    [864, '0.86 s'],
    [31_536_000, '8 h 45 min 36 s'],
  ])('%d ms', (ms, text) => {
    expect(writeExact(ms, 'en')).toBe(text)
  })
  test('a target is never rounded', () => {
    expect(writePercent(0.99999, 'en')).toBe('99.999%')
    expect(writePercent(0.9995, 'fr')).toBe('99,95\u202f%')
  })
})
