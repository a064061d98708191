import { expect, test } from 'vitest'
import { findDayBefore, growthOf } from '../../../lib/domain/database/growth.ts'
import { DAY } from '../../../lib/domain/time/instant.ts'

const NOW = 400 * DAY
const day = (age: number, sizeBytes: number) => ({
  at: NOW - age * DAY,
  sizeBytes,
  tables: [{ name: 'public.orders', sizeBytes, rows: 1 }],
})

test('growth is told of the day that is as old as it says', () => {
  const days = [day(1, 90), day(6.9, 70), day(8, 60), day(31, 10)]
  expect(findDayBefore(days, NOW, 7)?.sizeBytes).toBe(70)
  expect(findDayBefore(days, NOW, 30)?.sizeBytes).toBe(10)
})

test('a day that is missing is not made up from a much older or a younger one', () => {
  expect(findDayBefore([day(1, 90), day(2, 80)], NOW, 7)).toBeNull()
  expect(findDayBefore([day(20, 90)], NOW, 7)).toBeNull()
})

test('a table that was not there then has no growth; one that shrank has a negative one', () => {
  const now = { ...day(0, 100), tables: [...day(0, 100).tables, { name: 'public.fresh', sizeBytes: 5, rows: 0 }] }
  expect(growthOf(now, day(7, 120), null)).toEqual([
    { name: 'public.orders', sizeBytes: 100, rows: 1, weekBytes: -20, monthBytes: null },
    { name: 'public.fresh', sizeBytes: 5, rows: 0, weekBytes: null, monthBytes: null },
  ])
})
