import { toIso } from '../../domain/time/instant.ts'
import { type Chance, createChance, pick } from './chance.ts'
import type { ShopSpan } from './shop.ts'

/** One in so many requests for a page is followed by an answer. */
const REQUESTS_AN_ANSWER = 500
/** A page loads its pictures and scripts, too. */
const LOAD_FACTOR = 14

const WORDS: readonly { comment: string; weight: number; ratings: readonly number[] }[] = [
  { comment: '', weight: 6, ratings: [1, 2, 3, 4, 5] },
  { comment: 'Quick and clear.', weight: 2, ratings: [4, 5] },
  { comment: 'I found it at once.', weight: 1, ratings: [4, 5] },
  { comment: 'It hangs after I choose the delivery date.', weight: 1, ratings: [1, 2, 3] },
  { comment: 'Paying took three attempts.', weight: 2, ratings: [1, 2] },
]

/** What customers of the shop say of a span, as bodies of the call for answers. The same span tells the same, under the same ids. */
export function writeAnswers({ from, until, requests }: ShopSpan): string[] {
  const chance = createChance(from)
  return requests.flatMap(({ route, durationSeconds, status }, index) => {
    if (chance() * REQUESTS_AN_ANSWER > 1) return []
    const loadMs = Math.round(durationSeconds * 1_000 * LOAD_FACTOR)
    const perceivedSpeed = clamp(5.6 - Math.log2(1 + loadMs / 500) + chance() - 0.5)
    const rating = status >= 500 ? 1 : clamp((perceivedSpeed + 4.6) / 2 + (chance() - 0.5) * 1.6)
    const answer = {
      id: `demo-${from}-${index}`,
      at: toIso(until),
      rating,
      comment: wordsFor(rating, chance),
      page: route,
      perceivedSpeed,
      loadMs,
      locale: 'en',
    }
    return [JSON.stringify(answer)]
  })
}

function wordsFor(rating: number, chance: Chance): string {
  const [first, ...others] = WORDS.filter(({ ratings }) => ratings.includes(rating))
  return first === undefined ? '' : pick(chance, [first, ...others]).comment
}

function clamp(value: number): number {
  return Math.min(5, Math.max(1, Math.round(value)))
}
