import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthOf, type SpanState, type StateStretch, toDisjointSpans } from '../../lib/queries/state-spans.ts'

const RANGE = { fromAt: 0, toAt: 1_000 }
const span = (fromAt: number, toAt: number, state: SpanState): StateStretch => ({ fromAt, toAt, state })

test.each([
  { what: 'cut to the range', given: [span(-50, 100, 'down')], expected: [span(0, 100, 'down')] },
  { what: 'dropped outside of it', given: [span(-50, 0, 'down'), span(1_000, 1_100, 'down')], expected: [] },
  {
    what: 'merged where they overlap',
    given: [span(10, 30, 'down'), span(20, 50, 'down')],
    expected: [span(10, 50, 'down')],
  },
  {
    what: 'decided by what was seen where they contradict',
    given: [span(10, 50, 'unknown'), span(20, 30, 'down')],
    expected: [span(10, 20, 'unknown'), span(20, 30, 'down'), span(30, 50, 'unknown')],
  },
])('stretches are $what', ({ given, expected }) => {
  expect(toDisjointSpans(given, RANGE)).toEqual(expected)
})

const stretches = fc.array(
  fc.record({
    fromAt: fc.integer({ min: -100, max: 1_100 }),
    length: fc.integer({ min: 1, max: 300 }),
    state: fc.constantFrom<SpanState>('down', 'degraded', 'unknown', 'paused'),
  }),
  { maxLength: 20 },
)

test('law: spans are in order, disjoint, inside of the range, and cover exactly what the stretches cover', () => {
  fc.assert(
    fc.property(stretches, (drawn) => {
      const given = drawn.map(({ fromAt, length, state }) => span(fromAt, fromAt + length, state))
      const spans = toDisjointSpans(given, RANGE)
      for (const [index, { fromAt, toAt }] of spans.entries()) {
        expect(toAt).toBeGreaterThan(fromAt)
        expect(fromAt).toBeGreaterThanOrEqual(spans[index - 1]?.toAt ?? RANGE.fromAt)
        expect(toAt).toBeLessThanOrEqual(RANGE.toAt)
      }
      for (let at = 0; at < 1_000; at += 37) {
        const isCovered = given.some(({ fromAt, toAt }) => fromAt <= at && at < toAt)
        expect(spans.some(({ fromAt, toAt }) => fromAt <= at && at < toAt)).toBe(isCovered)
      }
      const down = given.filter(({ state }) => state === 'down')
      expect(lengthOf(spans, 'down')).toBe(lengthOf(toDisjointSpans(down, RANGE), 'down'))
    }),
  )
})
