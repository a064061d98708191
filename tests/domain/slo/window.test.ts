import { expect, test } from 'vitest'
import type { SloWindow } from '../../../lib/domain/slo/slo.ts'
import { elapsedShare, periodMs, windowAt } from '../../../lib/domain/slo/window.ts'
import { DAY, HOUR, toIso } from '../../../lib/domain/time/instant.ts'

const paris = (unit: 'week' | 'month' | 'quarter' | 'year'): SloWindow => ({
  kind: 'calendar',
  unit,
  timeZone: 'Europe/Paris',
})

test.each([
  ['week', '2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ['month', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['quarter', '2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ['year', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
] as const)('the %s of 21 November in Paris', (unit, from, until) => {
  const window = windowAt(paris(unit), Date.UTC(2026, 10, 21, 10))
  expect([toIso(window.from), toIso(window.until)]).toEqual([from, until])
})

test.each([
  ['spring', Date.UTC(2026, 2, 15), 743],
  ['autumn', Date.UTC(2026, 9, 15), 745],
  ['no change', Date.UTC(2026, 4, 15), 744],
])('a month with the clock change of %s is as long as it is', (_name, at, hours) => {
  const { from, until } = windowAt(paris('month'), at)
  expect((until - from) / HOUR).toBe(hours)
})

test('the first instant of a month belongs to it, and the one before to the month before', () => {
  const { from } = windowAt(paris('month'), Date.UTC(2026, 10, 21))
  expect(windowAt(paris('month'), from).from).toBe(from)
  expect(windowAt(paris('month'), from - 1).until).toBe(from)
})

test('a rolling window ends now and has passed whole', () => {
  const window: SloWindow = { kind: 'rolling', days: 28 }
  expect(windowAt(window, 100 * DAY)).toEqual({ from: 72 * DAY, until: 100 * DAY })
  expect(elapsedShare(window, 100 * DAY)).toBe(1)
  expect(periodMs(window)).toBe(28 * DAY)
})

test('of a month of the calendar a part has passed', () => {
  const window: SloWindow = { kind: 'calendar', unit: 'month', timeZone: 'UTC' }
  expect(elapsedShare(window, Date.UTC(2026, 5, 16))).toBe(0.5)
})
