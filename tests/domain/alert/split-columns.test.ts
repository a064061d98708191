import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWindow } from '../../../lib/domain/alert/sliding-figures.ts'
import { splitAt } from '../../../lib/domain/alert/stored-columns.ts'
import { ZERO_KEY } from '../../../lib/domain/series/histogram.ts'
import { countAtMost, lastGoodKey } from '../../../lib/domain/slo/sli.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { columnsOf } from '../../support/stored-columns.ts'

const buckets = fc.uniqueArray(
  fc.record({
    key: fc.oneof(fc.integer({ min: -200, max: 200 }), fc.constant(ZERO_KEY)),
    count: fc.integer({ min: 1, max: 50 }),
  }),
  { selector: ({ key }) => key, maxLength: 12 },
)

function entryOf(minute: number, filled: { key: number; count: number }[]) {
  const sorted = filled.toSorted((one, other) => one.key - other.key)
  const histogram = { keys: sorted.map(({ key }) => key), counts: sorted.map(({ count }) => count) }
  const count = sorted.reduce((sum, bucket) => sum + bucket.count, 0)
  const scalars = { count, sum: count, min: 0, max: 8, last: null, lastAt: minute * MINUTE }
  return { at: minute * MINUTE, figures: { kind: 'histogram' as const, ...scalars, histogram } }
}

test('columns split at a threshold count as many events up to it as the whole ones, in every window', () => {
  const threshold = fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 8, noNaN: true }))
  fc.assert(
    fc.property(fc.array(buckets, { minLength: 1, maxLength: 20 }), threshold, fc.nat(19), (minutes, limit, width) => {
      const whole = columnsOf(minutes.map((filled, minute) => entryOf(minute, filled)))
      const [wholeOf, splitOf] = [createWindow(whole), createWindow(splitAt(whole, lastGoodKey(limit)))]
      for (let end = 1; end <= minutes.length; end += 1) {
        const span = [Math.max(0, end - 1 - width) * MINUTE, end * MINUTE] as const
        const [one, other] = [wholeOf(...span), splitOf(...span)]
        expect(other?.count).toBe(one?.count)
        if (one !== null && other !== null)
          expect(countAtMost(other.histogram, limit)).toBe(countAtMost(one.histogram, limit))
      }
    }),
  )
})
