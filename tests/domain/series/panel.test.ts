import { describe, expect, test } from 'vitest'
import { combineTerms, judgeFigure, type Limits, type Source } from '../../../lib/domain/series/panel.ts'
import type { SeriesAnswer } from '../../../lib/domain/series/question.ts'

const answer = (...points: [at: number, value: number][]): SeriesAnswer => ({
  kind: 'counter',
  unit: '1',
  lines: points.length === 0 ? [] : [{ group: [], points: points.map(([at, value]) => ({ at, value })) }],
  groupsTotal: 1,
})
const part = { metric: 'requests', aggregate: 'rate' } as const
const share: Source = { of: part, per: part }

describe('a figure that is one metric by another', () => {
  test('is their quotient at each time', () => {
    const points = combineTerms({ source: share, scale: 100 }, answer([1, 1], [2, 3]), answer([1, 10], [2, 12]))
    expect(points).toEqual([
      { at: 1, value: 10 },
      { at: 2, value: 25 },
    ])
  })

  test('is zero where nothing of that kind happened, and absent where nothing happened at all', () => {
    const points = combineTerms({ source: share, scale: 1 }, answer(), answer([1, 10], [2, 0]))
    expect(points).toEqual([{ at: 1, value: 0 }])
  })

  test('is what is missing to one when the metric marks what went well', () => {
    const points = combineTerms({ source: { ...share, isRest: true }, scale: 1 }, answer([1, 9]), answer([1, 10]))
    expect(points[0]?.value).toBeCloseTo(0.1)
  })

  test('has no points for a metric that is not there', () => {
    expect(combineTerms({ source: { of: part }, scale: 1 }, null, null)).toEqual([])
    expect(combineTerms({ source: share, scale: 1 }, null, null)).toEqual([])
  })
})

const above: Limits = { direction: 'above', warning: 70, critical: 90 }
const below: Limits = { direction: 'below', warning: 95, critical: 80 }
const alone: Limits = { direction: 'above', warning: 2, critical: null }

test.each([
  [above, 70, 'fine'],
  [above, 70.1, 'warning'],
  [above, 90, 'warning'],
  [above, 90.1, 'critical'],
  [below, 95, 'fine'],
  [below, 94.9, 'warning'],
  [below, 80, 'warning'],
  [below, 79.9, 'critical'],
  [alone, 2, 'fine'],
  [alone, 1_000, 'warning'],
  [null, 1_000, 'fine'],
] as const)('under the limits %j a figure of %d is %s', (limits, value, expected) => {
  expect(judgeFigure(value, limits)).toBe(expected)
})
