import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyCounts, keyOf } from '../../../lib/adapters/ingest/histogram-key.ts'
import { spread } from '../../../lib/adapters/ingest/spread.ts'

const bucket = fc
  .tuple(
    fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e4, noNaN: true })),
    fc.double({ min: 1e-2, max: 1e4, noNaN: true }),
  )
  .map(([low, width]) => ({ low, high: low + width }))
const count = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5_000_000 }))

function spreadOf(values: number, low: number, high: number): KeyCounts {
  const counts: KeyCounts = new Map()
  spread(counts, values, low, high)
  return counts
}

function total(counts: KeyCounts): number {
  return [...counts.values()].reduce((sum, some) => sum + some, 0)
}

describe('spreading what was counted in a bucket', () => {
  test('keeps the count, and stays inside of the bucket', () => {
    fc.assert(
      fc.property(bucket, count, ({ low, high }, values) => {
        const counts = spreadOf(values, low, high)
        expect(total(counts)).toBe(values)
        for (const [key, some] of counts) {
          expect(some).toBeGreaterThan(0)
          expect(key).toBeGreaterThanOrEqual(keyOf(low))
          expect(key).toBeLessThanOrEqual(keyOf(high))
        }
      }),
    )
  })

  test('takes nothing away from any key when the bucket grows', () => {
    fc.assert(
      fc.property(bucket, count, count, ({ low, high }, before, more) => {
        const after = spreadOf(before + more, low, high)
        for (const [key, some] of spreadOf(before, low, high)) expect(after.get(key) ?? 0).toBeGreaterThanOrEqual(some)
      }),
    )
  })

  test('is even in value: up to any point there are as many as its share, but for a few', () => {
    fc.assert(
      fc.property(
        bucket,
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (edges, values, share) => {
          const { low, high } = edges
          // At the edge of a key, which is the only place that can be looked at.
          const edge = keyOf(low + share * (high - low))
          const upTo = [...spreadOf(values, low, high)]
            .filter(([key]) => key <= edge)
            .reduce((sum, [, some]) => sum + some, 0)
          const expected = Math.min(1, (2 ** ((edge + 1) / 64) - low) / (high - low)) * values
          // The discrepancy of van der Corput's sequence: at most log2(n) / 3 + 1 (Béjian and Faure, 1977).
          expect(Math.abs(upTo - expected)).toBeLessThanOrEqual(Math.log2(values) / 3 + 2)
        },
      ),
    )
  })
})
