import { expect, test } from 'vitest'
import { usualInterval } from '../../../lib/domain/series/usual-interval.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'

const every = (stepMs: number, count: number) => Array.from({ length: count }, (_, index) => index * stepMs)

test.each<[string, number[][], number | null]>([
  ['once a minute', [every(MINUTE, 60)], MINUTE],
  ['once an hour', [every(HOUR, 5)], HOUR],
  ['once a day', [every(DAY, 7)], DAY],
  ['once an hour with one missing', [every(HOUR, 20).filter((_, index) => index !== 7)], HOUR],
  ['in two groups', [every(HOUR, 3), every(HOUR, 4)], HOUR],
  ['too few', [every(HOUR, 4)], null],
  ['never', [[]], null],
  ['when something happens', [[0, 1, 2, 50, 51, 200, 600, 601].map((minute) => minute * MINUTE)], null],
])('what comes %s has the interval %#', (_name, groups, expected) => {
  expect(usualInterval(groups)).toBe(expected)
})
