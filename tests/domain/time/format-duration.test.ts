import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration } from '../../../lib/domain/time/format-duration.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [45 * SECOND, '45 s'],
  [MINUTE, '1 min'],
  [MINUTE + 30 * SECOND, '1 min 30 s'],
  [4 * MINUTE + 59 * SECOND, '4 min'],
  [HOUR - 1, '59 min'],
  [HOUR, '1 h'],
  [HOUR + 12 * MINUTE, '1 h 12 min'],
  [DAY, '1 d'],
  [2 * DAY + 3 * HOUR + 59 * MINUTE, '2 d 3 h'],
])('%i ms reads %s in English', (ms, words) => {
  expect(formatDuration(ms, 'en')).toBe(words)
})

test('French counts days as "j"', () => {
  expect(formatDuration(2 * DAY + 3 * HOUR, 'fr')).toBe('2 j 3 h')
})

test('no length is ever told longer than it was', () => {
  const unitMs: Record<string, number> = { s: SECOND, min: MINUTE, h: HOUR, d: DAY }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * DAY }), (ms) => {
      const told = [...formatDuration(ms, 'en').matchAll(/(\d+) (\w+)/g)]
      const sum = told.reduce((total, [, count, unit]) => total + Number(count) * (unitMs[unit ?? ''] ?? 0), 0)
      expect(sum).toBeLessThanOrEqual(ms)
    }),
  )
})
