import { describe, expect, test } from 'vitest'
import {
  burnFactor,
  burnPresets,
  highestBurn,
  isBurning,
  lowestTargetFor,
  MIN_BAD_EVENTS,
  reachable,
} from '../../../lib/domain/slo/burn.ts'
import type { SloWindow } from '../../../lib/domain/slo/slo.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'

const rolling = (days: number): SloWindow => ({ kind: 'rolling', days })

describe('the published table (SRE Workbook, chapter 5; Sloth for 28 d)', () => {
  test.each([
    [0.02, HOUR, [14.4, 3.36, 13.44, 43.2]],
    [0.05, 6 * HOUR, [6, 1.4, 5.6, 18]],
    [0.1, DAY, [3, 0.7, 2.8, 9]],
    [0.1, 3 * DAY, [1, 0.2333, 0.9333, 3]],
  ])(
    '%d of the budget in %d ms is so many times the planned rate over 30, 7, 28 and 90 d',
    (budget, longMs, factors) => {
      for (const [index, days] of [30, 7, 28, 90].entries()) {
        expect(burnFactor(budget, days * DAY, longMs)).toBeCloseTo(factors[index] ?? Number.NaN, 3)
      }
    },
  )
  test.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.9333]],
    [90, [43.2, 18, 9, 3]],
    // Under 1 a service keeps its target: nobody wants a ticket for that.
    [7, [3.36, 1.4, 1, 1]],
  ])('the presets of %d days', (days, factors) => {
    const rows = burnPresets(rolling(days))
    expect(rows.map(({ factor }) => Number(factor.toFixed(4)))).toEqual(factors)
    expect(rows.map(({ severity }) => severity)).toEqual(['page', 'page', 'ticket', 'ticket'])
    expect(rows.map(({ shortMs }) => shortMs / MINUTE)).toEqual([5, 30, 120, 360])
  })
  test('a month of the calendar is watched as 30 days are', () => {
    const month: SloWindow = { kind: 'calendar', unit: 'month', timeZone: 'Europe/Paris' }
    expect(burnPresets(month)).toEqual(burnPresets(rolling(30)))
  })
  test('with slices a short window holds at least one, and a long one of thousands is left out', () => {
    const rows = burnPresets(rolling(30), { lengthMs: 15 * MINUTE, target: 1 })
    expect(rows.map(({ shortMs }) => shortMs / MINUTE)).toEqual([15, 30, 120, 360])
    const fine = burnPresets(rolling(30), { lengthMs: MINUTE, target: 1 })
    expect(fine.map(({ longMs }) => longMs / HOUR)).toEqual([1, 6, 24])
  })
})

describe('burn rates that can never be reached', () => {
  test('nothing burns faster than a total outage', () => {
    expect(highestBurn(0.999)).toBeCloseTo(1_000)
    expect(lowestTargetFor(14.4)).toBeCloseTo(0.9306, 4)
    expect(lowestTargetFor(6)).toBeCloseTo(0.8333, 4)
  })
  test.each([
    [0.9306, 14.4, true],
    // 1 - 1/14.4 is 0.930555…
    [0.9305, 14.4, false],
    [0.8334, 6, true],
    [0.8333, 6, false],
    [0.5, 2, true],
  ])('at a target of %d, %d times: %s', (target, factor, expected) => {
    expect(reachable(target, factor)).toBe(expected)
  })
})

describe('when the four alerts fire and end, against a real Prometheus', () => {
  const TARGET = 0.999
  const A_MINUTE = 100
  const ROWS = burnPresets(rolling(30))

  /** First and last minute after the errors began at which an alert fires; null when it never does. */
  function firing(row: (typeof ROWS)[number], share: number, minutes: number): [number, number] | null {
    const badUntil = (minute: number) => Math.max(0, Math.min(minute, minutes)) * A_MINUTE * share
    const over = (at: number, lengthMs: number) => {
      const length = lengthMs / MINUTE
      const total = length * A_MINUTE
      return { good: total - (badUntil(at) - badUntil(at - length)), total }
    }
    const fired: number[] = []
    for (let at = 0; at <= minutes + 3 * 24 * 60; at += 1) {
      const windows = { long: over(at, row.longMs), short: over(at, row.shortMs) }
      if (isBurning(row.factor, windows, { target: TARGET, minBadEvents: MIN_BAD_EVENTS })) fired.push(at)
    }
    const [first] = fired
    const last = fired.at(-1)
    return first === undefined || last === undefined ? null : [first, last]
  }

  // Vectors of promtool 2.42: 99.9 %, 100 requests a minute, three clean days before, evaluated every minute.
  test.each([
    [
      '100 % for 10 min',
      1,
      10,
      [
        [1, 14],
        [3, 39],
        [5, 129],
        [5, 369],
      ],
    ],
    ['10 % for 30 min', 0.1, 30, [[9, 34], [22, 58], null, null]],
    ['2 % for 60 min', 0.02, 60, [[44, 61], null, null, null]],
    ['1 % for 360 min', 0.01, 360, [null, [216, 371], null, null]],
    ['100 % for 1 min', 1, 1, [[1, 5], null, null, null]],
    ['100 % for 2 min', 1, 2, [[2, 7], null, null, null]],
  ] as const)('%s', (_name, share, minutes, expected) => {
    for (const [index, row] of ROWS.entries()) {
      const found = firing(row, share, minutes)
      const wanted = expected[index] ?? null
      if (wanted === null) expect(found, `alert ${index}`).toBeNull()
      else {
        // One evaluation more or less: `rate()` extrapolates to the edges of its window, and sums do not.
        expect(Math.abs((found?.[0] ?? -99) - wanted[0]), `alert ${index} begins at ${found?.[0]}`).toBeLessThanOrEqual(
          1,
        )
        expect(Math.abs((found?.[1] ?? -99) - wanted[1]), `alert ${index} ends at ${found?.[1]}`).toBeLessThanOrEqual(1)
      }
    }
  })

  test('one failure of a quiet service does not page, and a window without data does not burn', () => {
    const limits = { target: 0.9999, minBadEvents: MIN_BAD_EVENTS }
    const one = { good: 9, total: 10 }
    expect(isBurning(14.4, { long: one, short: one }, limits)).toBe(false)
    expect(isBurning(14.4, { long: { good: 8, total: 10 }, short: one }, limits)).toBe(true)
    expect(isBurning(14.4, { long: { good: 8, total: 10 }, short: null }, limits)).toBe(false)
  })
})
