import { describe, expect, test } from 'vitest'
import { allowedMs, budgetOf, burnRateOf, forecastExhaustion } from '../../../lib/domain/slo/budget.ts'
import type { SloWindow } from '../../../lib/domain/slo/slo.ts'
import { windowAt } from '../../../lib/domain/slo/window.ts'
import { DAY, HOUR, SECOND } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 21, 10)
const MONTH: SloWindow = { kind: 'rolling', days: 30 }

describe('how long it may be bad', () => {
  // Arithmetic of a share of a time: day, week, 28 d, 30 d, 31 d, 90 d, 365 d, 366 d.
  const LENGTHS = [1, 7, 28, 30, 31, 90, 365, 366]
  test.each([
    [0.99, [864, 6048, 24192, 25920, 26784, 77760, 315360, 316224]],
    [0.995, [432, 3024, 12096, 12960, 13392, 38880, 157680, 158112]],
    [0.999, [86.4, 604.8, 2419.2, 2592, 2678.4, 7776, 31536, 31622.4]],
    [0.9995, [43.2, 302.4, 1209.6, 1296, 1339.2, 3888, 15768, 15811.2]],
    [0.9999, [8.64, 60.48, 241.92, 259.2, 267.84, 777.6, 3153.6, 3162.24]],
    [0.99999, [0.864, 6.048, 24.192, 25.92, 26.784, 77.76, 315.36, 316.224]],
  ])('at %d', (target, seconds) => {
    const allowed = LENGTHS.map((days) => allowedMs(target, { from: 0, until: days * DAY }) / SECOND)
    for (const [index, expected] of seconds.entries()) expect(allowed[index]).toBeCloseTo(expected, 6)
  })

  test('a month with a clock change is as long as it is', () => {
    const october = windowAt({ kind: 'calendar', unit: 'month', timeZone: 'Europe/Paris' }, Date.UTC(2026, 9, 10))
    expect(october.until - october.from).toBe(745 * HOUR)
    expect(allowedMs(0.995, october) / SECOND).toBeCloseTo(13_410, 6)
  })
})

describe('what is left of the budget', () => {
  test('half of what may fail leaves half of it', () => {
    const budget = budgetOf({ good: 9_995, total: 10_000 }, 0.999, MONTH, NOW)
    expect(budget?.sli).toBe(0.9995)
    expect(budget?.left).toBeCloseTo(0.5)
  })
  test('more failures than the budget leave less than nothing', () => {
    expect(budgetOf({ good: 997, total: 1_000 }, 0.999, MONTH, NOW)?.left).toBeCloseTo(-2)
  })
  test('the part of a month that is still to come brings its share of what may be spent', () => {
    const window: SloWindow = { kind: 'calendar', unit: 'month', timeZone: 'UTC' }
    const tenthOfJune = Date.UTC(2026, 5, 4)
    expect(budgetOf({ good: 999, total: 1_000 }, 0.999, window, tenthOfJune)?.spent).toBeCloseTo(0.1)
  })
  test('without anything counted nothing is said', () => {
    expect(budgetOf(null, 0.999, MONTH, NOW)).toBeNull()
    expect(budgetOf({ good: 0, total: 0 }, 0.999, MONTH, NOW)).toBeNull()
    expect(burnRateOf(null, 0.999)).toBeNull()
  })
})

describe('when the budget is used up', () => {
  const calendar: SloWindow = { kind: 'calendar', unit: 'month', timeZone: 'UTC' }
  const june16 = Date.UTC(2026, 5, 16)
  test.each([
    ['half of it at 14.4 times: 30 d · 0.5 / 14.4', { left: 0.5, burnRate: 14.4 }, MONTH, NOW, NOW + (15 / 14.4) * DAY],
    ['at a rate of 1 as much leaves at the back', { left: 0.1, burnRate: 1 }, MONTH, NOW, null],
    ['nothing fails', { left: 0.1, burnRate: 0 }, MONTH, NOW, null],
    ['nothing is known', { left: 0.1, burnRate: null }, MONTH, NOW, null],
    ['it is used up already', { left: 0, burnRate: 0 }, MONTH, NOW, NOW],
    ['before the month is over', { left: 0.25, burnRate: 1 }, calendar, june16, june16 + 7.5 * DAY],
    ['not before the month is over', { left: 0.5, burnRate: 0.9 }, calendar, june16, null],
  ] as const)('%s', (_name, facts, window, now, expected) => {
    const at = forecastExhaustion(facts, window, now)
    if (expected === null) expect(at).toBeNull()
    else expect(at).toBeCloseTo(expected, -1)
  })
})
