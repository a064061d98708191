import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addRatings,
  averageRating,
  countRatings,
  formatRating,
  NO_RATINGS,
  type RatingCounts,
} from '../../../lib/domain/feedback/ratings.ts'

const count = fc.nat(1_000)
const ratings = fc.tuple(count, count, count, count, count)

describe('the average', () => {
  test('is the mean of every single answer', () => {
    fc.assert(
      fc.property(ratings, (counts) => {
        const each = counts.flatMap((n, index) => Array<number>(n).fill(index + 1))
        const mean = each.length === 0 ? null : each.reduce((sum, rating) => sum + rating, 0) / each.length
        expect(averageRating(counts)).toEqual(mean === null ? null : expect.closeTo(mean, 9))
        expect(countRatings(counts)).toBe(each.length)
      }),
      { numRuns: 50 },
    )
  })
  test('of two groups together is between theirs, and does not depend on how the answers were grouped', () => {
    fc.assert(
      fc.property(ratings, ratings, (one, other) => {
        const both = addRatings([one, other])
        expect(countRatings(both)).toBe(countRatings(one) + countRatings(other))
        const averages = [averageRating(one), averageRating(other)].filter((average) => average !== null)
        const average = averageRating(both)
        if (average === null) expect(averages).toEqual([])
        else {
          expect(average).toBeGreaterThanOrEqual(Math.min(...averages) - 1e-9)
          expect(average).toBeLessThanOrEqual(Math.max(...averages) + 1e-9)
        }
      }),
    )
  })
  test('of nothing is nothing, and not zero', () => {
    expect(averageRating(NO_RATINGS)).toBeNull()
  })
})

test.each<[number, string, string]>([
  [5, '5.0', '5,0'],
  [4, '4.0', '4,0'],
  [4.35, '4.35', '4,35'],
  [4.999, '4.99', '4,99'],
  [3 + 1 / 3, '3.33', '3,33'],
])('%f reads %s, and %s in French', (rating, en, fr) => {
  expect([formatRating(rating, 'en'), formatRating(rating, 'fr')]).toEqual([en, fr])
})

test('only nothing but fives reads 5.0', () => {
  fc.assert(
    fc.property(ratings, (counts: RatingCounts) => {
      const average = averageRating(counts)
      if (average !== null) expect(formatRating(average) === '5.0').toBe(counts.slice(0, 4).every((n) => n === 0))
    }),
  )
})
