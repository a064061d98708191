import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWindow } from '../../../lib/domain/alert/sliding-figures.ts'
import { mergeFigures } from '../../../lib/domain/rule/figures-of.ts'
import { columnsOf, type StoredFigures } from '../../support/stored-columns.ts'

const point = fc.record({
  at: fc.integer({ min: 0, max: 60 }),
  values: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }),
})

function toPoints(given: readonly { at: number; values: readonly number[] }[]): StoredFigures[] {
  return [...new Map(given.map((one) => [one.at, one])).values()]
    .sort((one, other) => one.at - other.at)
    .map(({ at, values }) => {
      const keys = [...new Set(values)].sort((one, other) => one - other).map((key) => (key === 0 ? -32768 : key * 7))
      const counts = keys.map((key) => values.filter((value) => (value === 0 ? -32768 : value * 7) === key).length)
      const sum = values.reduce((total, value) => total + value, 0)
      const last = values.at(-1) ?? null
      const extremes = { min: Math.min(...values), max: Math.max(...values) }
      const figures = { kind: 'gauge' as const, count: values.length, sum, ...extremes, last, lastAt: at }
      return { at, figures: { ...figures, histogram: { keys, counts } } }
    })
}

describe('a window that slides over stored figures', () => {
  it('says what adding up the points inside says, wherever it moves', () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: -5, max: 65 }), fc.integer({ min: 1, max: 20 })), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), moves, fc.boolean(), (given, spans, onlyForward) => {
        const points = toPoints(given)
        const windowOf = createWindow(columnsOf(points))
        const asked = onlyForward
          ? spans.map(([from]) => [from, 10] as const).sort(([one], [other]) => one - other)
          : spans
        for (const [from, length] of asked) {
          const inside = points.filter(({ at }) => at >= from && at < from + length).map(({ figures }) => figures)
          const plain = mergeFigures(inside)
          const slid = windowOf(from, from + length)
          const { keys = [], counts = [] } = slid?.histogram ?? {}
          expect(slid === null ? null : { ...slid, histogram: { keys, counts } }).toEqual(plain)
        }
      }),
    )
  })
})
