import { expect, test } from 'vitest'
import {
  fieldsIn,
  formatBriefIn,
  formatDateIn,
  formatMomentIn,
  formatTimeIn,
  formatTimeWithSecondsIn,
  isTimeZone,
} from '../../../lib/domain/time/format-zoned.ts'
import { fromIso } from '../../../lib/domain/time/instant.ts'

const at = fromIso('2026-11-21T02:12:04Z')

test('a time is told by the clock on the wall of the zone, before and after a change of clocks', () => {
  expect(formatTimeIn('Europe/Paris', fromIso('2026-10-25T00:30:00Z'))).toBe('02:30')
  expect(formatTimeIn('Europe/Paris', fromIso('2026-10-25T01:30:00Z'))).toBe('02:30')
  expect(formatTimeIn('Europe/Paris', fromIso('2026-10-25T02:30:00Z'))).toBe('03:30')
  expect(formatTimeIn('Asia/Kolkata', at)).toBe('07:42')
  expect(formatTimeWithSecondsIn('UTC', at)).toBe('02:12:04')
})

test('midnight is 00:00 and belongs to the day that begins', () => {
  const midnight = fromIso('2026-11-20T23:00:00Z')
  expect(formatTimeIn('Europe/Paris', midnight)).toBe('00:00')
  expect(formatDateIn('Europe/Paris', midnight, 'en')).toBe('Sat 21 Nov 2026')
  expect(fieldsIn('Europe/Paris', midnight)).toMatchObject({ day: 21, hour: 0, weekday: 6 })
})

test('the full form names the zone, in both languages', () => {
  expect(formatMomentIn('Europe/Paris', at, 'en')).toBe('Sat 21 Nov 2026, 03:12 (Europe/Paris)')
  expect(formatMomentIn('Europe/Paris', at, 'fr')).toBe('sam. 21 nov. 2026, 03:12 (Europe/Paris)')
  expect(formatDateIn('UTC', fromIso('2026-12-01T12:00:00Z'), 'fr')).toBe('mar. 1er déc. 2026')
})

test.each([
  ['the same local day', '2026-11-20T23:30:00Z', '00:30'],
  ['the local day before', '2026-11-20T22:58:00Z', '20 Nov 23:58'],
  ['another year', '2025-11-20T22:58:00Z', '20 Nov 2025 23:58'],
])('the brief form of %s says no more than it must', (_, then, words) => {
  expect(formatBriefIn('Europe/Paris', fromIso(then), at, 'en')).toBe(words)
})

test('an unknown zone is told in UTC and says so', () => {
  expect(isTimeZone('Europe/Paris')).toBe(true)
  expect(isTimeZone('Mars/Olympus')).toBe(false)
  expect(formatMomentIn('Mars/Olympus', at, 'en')).toBe('Sat 21 Nov 2026, 02:12 (UTC)')
})
