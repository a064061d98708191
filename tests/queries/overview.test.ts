import { expect, test } from 'vitest'
import { decideHeadline } from '../../lib/queries/overview.ts'

const AT = Date.UTC(2026, 10, 21, 3, 12)

test.each([
  { what: 'nothing at all', states: {}, expected: { kind: 'empty' } },
  { what: 'all up', states: { up: 24 }, expected: { kind: 'up', total: 24 } },
  { what: 'paused ones, which nobody watches', states: { up: 23, paused: 1 }, expected: { kind: 'up', total: 23 } },
  { what: 'all paused', states: { paused: 2 }, expected: { kind: 'paused', total: 2 } },
  {
    what: 'some down',
    states: { up: 21, degraded: 1, down: 2 },
    expected: { kind: 'down', count: 2, total: 24, sinceAt: AT },
  },
  {
    what: 'degraded before unknown',
    states: { degraded: 1, unknown: 5, up: 1 },
    expected: { kind: 'degraded', count: 1, total: 7 },
  },
  {
    what: 'unknown, which is never called up',
    states: { unknown: 1, up: 23 },
    expected: { kind: 'unknown', count: 1, total: 24 },
  },
  { what: 'new ones', states: { pending: 2, up: 1 }, expected: { kind: 'pending', count: 2, total: 3 } },
])('the headline says the worst of $what', ({ states, expected }) => {
  expect(decideHeadline({ states, downSince: 'down' in states ? AT : null }, null)).toEqual(expected)
})

test('a scheduler that stands still beats everything, because whatever is known is old', () => {
  expect(decideHeadline({ states: { down: 3, up: 1 }, downSince: AT }, AT)).toEqual({ kind: 'blind', sinceAt: AT })
})

test('an empty project is not called blind: there is nothing to be seen', () => {
  expect(decideHeadline({ states: {}, downSince: null }, AT)).toEqual({ kind: 'empty' })
})
