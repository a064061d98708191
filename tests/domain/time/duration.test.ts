import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDuration, writeDuration } from '../../../lib/domain/time/duration.ts'

describe('a duration in a file', () => {
  test.each([
    ['10s', 10_000],
    ['500ms', 500],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['1m500ms', 60_500],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

  test.each(['', '10', '10 s', '1.5s', '-1s', 's', '30m1h', '1h1h', '1e3s', '10S', '9999999999s'])(
    '%j is none, and is not guessed at',
    (text) => expect(parseDuration(text)).toBeNull(),
  )

  test('every whole number of ms survives being written and read', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (ms) => parseDuration(writeDuration(ms)) === ms))
  })
})
