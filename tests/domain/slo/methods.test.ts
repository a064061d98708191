import { describe, expect, test } from 'vitest'
import { budgetShare } from '../../../lib/domain/slo/budget.ts'
import { badOf, downMsWithin, type Tally, tallySlices } from '../../../lib/domain/slo/methods.ts'
import { windowAt } from '../../../lib/domain/slo/window.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

describe("OpenSLO's budgeting methods", () => {
  // The format's own example: 95 % over two weeks, 24,000 requests a day, 99 % of them good, until an attack leaves 1 %.
  const MINUTES = 14 * 24 * 60
  const BUDGET = budgetShare(0.95)

  test('occurrences: 336,000 requests, of which 16,800 may fail', () => {
    const requests = 14 * 24_000
    expect(requests).toBe(336_000)
    expect(BUDGET * requests).toBeCloseTo(16_800)
    // What the README calls 16,632 failed: the attack's requests, 99 % of 16,800.
    expect(16_800 * 0.99).toBeCloseTo(16_632)
  })
  test('timeslices: a bad minute is a minute, so 16 h 48 min of attack are the budget', () => {
    expect(MINUTES).toBe(20_160)
    const attack = Math.round(BUDGET * MINUTES)
    const tally = tallySlices('timeslices', minutesOf(attack), 0.95)
    expect(attack * MINUTE).toBe(16 * HOUR + 48 * MINUTE)
    expect(tally).toEqual({ good: MINUTES - attack, total: MINUTES })
  })
  test('ratio timeslices: each minute by its share, so about 13 h 45 min of attack are the budget', () => {
    const attack = (0.04 * MINUTES) / 0.98
    expect(attack).toBeCloseTo(822.9, 1)
    const tally = tallySlices('ratio_timeslices', minutesOf(Math.round(attack)), 0.95)
    expect(badOf(tally ?? { good: 0, total: 0 }) / (BUDGET * MINUTES)).toBeCloseTo(1, 3)
  })
  test('99.95 % of a week of minutes are 5 min 2.4 s', () => {
    expect(budgetShare(0.9995) * 7 * DAY).toBeCloseTo(5 * MINUTE + 2.4 * SECOND, 3)
  })

  function minutesOf(attack: number): Tally[] {
    return Array.from({ length: MINUTES }, (_, minute) => ({ good: minute < attack ? 1 : 99, total: 100 }))
  }
})

test('with uneven traffic the methods differ, and each says what it counts', () => {
  // A busy minute that fails whole, and nine quiet ones that are well.
  const slices = [{ good: 0, total: 900 }, ...Array.from({ length: 9 }, () => ({ good: 10, total: 10 }))]
  expect(tallySlices('occurrences', slices, 1)).toEqual({ good: 90, total: 990 })
  expect(tallySlices('timeslices', slices, 1)).toEqual({ good: 9, total: 10 })
  expect(tallySlices('ratio_timeslices', slices, 1)).toEqual({ good: 9, total: 10 })
  const half = [{ good: 5, total: 10 }]
  expect(tallySlices('timeslices', half, 0.5)).toEqual({ good: 1, total: 1 })
  expect(tallySlices('ratio_timeslices', half, 0.5)).toEqual({ good: 0.5, total: 1 })
})

test.each([
  // Uptime Kuma counts four that are up and one that is down as 0.8, and every other day of a year as 183/365.
  [[true, true, true, true, false], 0.8],
  [Array.from({ length: 365 }, (_, day) => day % 2 === 0), 183 / 365],
  [Array.from({ length: 30 }, (_, day) => day % 2 === 0), 15 / 30],
  [Array.from({ length: 7 }, (_, day) => day % 2 === 0), 4 / 7],
])('count-weighted: what was up by what is known', (ups, expected) => {
  const tally = tallySlices(
    'occurrences',
    ups.map((up) => ({ good: up ? 1 : 0, total: 1 })),
    1,
  )
  expect((tally?.good ?? 0) / (tally?.total ?? 0)).toBe(expected)
})

test('slices without events are unknown: neither good nor bad, and nothing at all is null', () => {
  const slices = [
    { good: 1, total: 1 },
    { good: 0, total: 0 },
  ]
  expect(tallySlices('timeslices', slices, 1)).toEqual({ good: 1, total: 1 })
  expect(tallySlices('timeslices', [{ good: 0, total: 0 }], 1)).toBeNull()
})

describe('time-weighted uptime of a month (the vectors of Healthchecks, test_check_model.py)', () => {
  const uptime = (timeZone: string, month: number, down: { from: number; until: number }) => {
    const window = windowAt({ kind: 'calendar', unit: 'month', timeZone }, month)
    return 1 - downMsWithin([down], window) / (window.until - window.from)
  }
  const now = Date.UTC(2020, 0, 15)

  test('down since 15 November', () => {
    const down = { from: Date.UTC(2019, 10, 15), until: now }
    expect(uptime('UTC', Date.UTC(2019, 10, 20), down)).toBeCloseTo(14 / 30, 12)
    expect(uptime('UTC', Date.UTC(2019, 11, 20), down)).toBe(0)
    expect(uptime('UTC', now, down)).toBeCloseTo((31 - 14) / 31, 12)
  })
  test('a month begins at its midnight in the zone: down since 1 January, 01:00 in Riga', () => {
    const down = { from: Date.UTC(2019, 11, 31, 23), until: now }
    expect(uptime('Europe/Riga', Date.UTC(2019, 11, 20), down)).toBe(1)
    // Since 1 January 00:00 in Riga it would have been 338 h; Healthchecks has 337.
    expect(uptime('Europe/Riga', now, down)).toBeCloseTo((744 - 337) / 744, 12)
  })
  test.each([Date.UTC(2019, 2, 15), Date.UTC(2019, 9, 15)])(
    'a month with a clock change that was down throughout is 0',
    (month) => {
      expect(uptime('Europe/Riga', month, { from: 0, until: Date.UTC(2030, 0, 1) })).toBe(0)
    },
  )
})

test('outages that overlap are one outage', () => {
  const window = { from: 0, until: HOUR }
  const overlapping = [
    { from: 10 * MINUTE, until: 20 * MINUTE },
    { from: 15 * MINUTE, until: 30 * MINUTE },
    { from: 50 * MINUTE, until: 90 * MINUTE },
    { from: -HOUR, until: MINUTE },
  ]
  expect(downMsWithin(overlapping, window)).toBe(31 * MINUTE)
  expect(downMsWithin([], window)).toBe(0)
})
