import { RATINGS } from './answer.ts'

/** How many gave each rating, the worst first. */
export type RatingCounts = readonly [number, number, number, number, number]

export const NO_RATINGS: RatingCounts = [0, 0, 0, 0, 0]

export function addRatings(all: readonly RatingCounts[]): RatingCounts {
  return all.reduce(
    ([one, two, three, four, five], [a, b, c, d, e]) => [one + a, two + b, three + c, four + d, five + e],
    NO_RATINGS,
  )
}

export function countRatings(counts: RatingCounts): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The mean of all ratings, 1 to 5; null without any. It never stands without the distribution: 1 and 5 are 3 on average, too. */
export function averageRating(counts: RatingCounts): number | null {
  const count = countRatings(counts)
  const sum = RATINGS.reduce((total, rating) => total + rating * (counts[rating - 1] ?? 0), 0)
  return count === 0 ? null : sum / count
}

/** `4.3`, `4,27`: floored to two digits, so that only nothing but fives reads 5.0. */
export function formatRating(rating: number, locale = 'en'): string {
  // 4.35 × 100 is 434.999… in binary: the correction is far below one digit shown.
  const floored = Math.floor(rating * 100 + 1e-6) / 100
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(floored)
}
