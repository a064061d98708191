import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askFor, cutPage, type KeysetPosition } from '../../lib/queries/keyset.ts'

const START: KeysetPosition = { below: null, above: null }

/** Answers as a reader does: newest first below a key, oldest first above one. */
function read(keys: readonly number[], { below, above, limit }: KeysetPosition & { limit: number }): number[] {
  const sorted = keys.toSorted((a, b) => (above === null ? b - a : a - b))
  return sorted.filter((key) => (below === null || key < below) && (above === null || key > above)).slice(0, limit)
}
const pageAt = (keys: readonly number[], position: KeysetPosition, size: number) =>
  cutPage(read(keys, askFor(position, size)), position, (key) => key, size)

const lists = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 40 })
const sizes = fc.integer({ min: 1, max: 7 })

test('walking to older pages shows every row once, newest first', () => {
  fc.assert(
    fc.property(lists, sizes, (keys, size) => {
      const seen: number[] = []
      for (let position: KeysetPosition | null = START; position !== null; ) {
        const { rows, olderBelow } = pageAt(keys, position, size)
        seen.push(...rows)
        position = olderBelow === null ? null : { below: olderBelow, above: null }
      }
      expect(seen).toEqual(keys.toSorted((a, b) => b - a))
    }),
  )
})

test('going one page further and back shows the same rows, in the same order', () => {
  fc.assert(
    fc.property(lists, sizes, (keys, size) => {
      const first = pageAt(keys, START, size)
      if (first.olderBelow === null) return
      const second = pageAt(keys, { below: first.olderBelow, above: null }, size)
      const back = pageAt(keys, { below: null, above: second.newerAbove }, size)
      expect(back.rows).toEqual(first.rows)
      expect(back.newerAbove).toBeNull()
      expect(back.olderBelow).toBe(first.olderBelow)
    }),
  )
})

test('a single page offers neither newer nor older', () => {
  expect(pageAt([3, 1, 2], START, 3)).toEqual({ rows: [3, 2, 1], newerAbove: null, olderBelow: null })
  expect(pageAt([], START, 3)).toEqual({ rows: [], newerAbove: null, olderBelow: null })
})
