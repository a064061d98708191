import { expect, test } from 'vitest'
import { HOUR } from '../../lib/domain/time/instant.ts'
import { type StripSubject, toHourCells } from '../../lib/queries/hour-cells.ts'

const NOW = Date.UTC(2026, 10, 21, 12, 30)
const THIS_HOUR = Date.UTC(2026, 10, 21, 12)
const OLD: StripSubject = { kind: 'http', intervalSeconds: 60, state: 'up', sinceAt: 0, createdAt: 0 }
const hour = (hoursAgo: number, counts: Partial<{ up: number; degraded: number; down: number; unknown: number }>) => ({
  at: THIS_HOUR - hoursAgo * HOUR,
  up: 0,
  degraded: 0,
  down: 0,
  unknown: 0,
  p95Ms: null,
  ...counts,
})
const states = (cells: ReturnType<typeof toHourCells>) => cells.map(({ state }) => state)

test('there are 24 cells, the running hour last', () => {
  const cells = toHourCells([], OLD, NOW)
  expect(cells).toHaveLength(24)
  expect(cells.at(-1)?.at).toBe(THIS_HOUR)
  expect(cells[0]?.at).toBe(THIS_HOUR - 23 * HOUR)
})

test('the worst result names the hour', () => {
  const cells = toHourCells(
    [hour(2, { up: 59, down: 1 }), hour(1, { up: 3, degraded: 1 }), hour(0, { up: 9 })],
    OLD,
    NOW,
  )
  expect(states(cells).slice(-3)).toEqual(['down', 'degraded', 'up'])
})

test('an hour without a result is unknown, and so is one that nobody probed', () => {
  expect(states(toHourCells([hour(0, { unknown: 60 })], OLD, NOW)).slice(-2)).toEqual(['unknown', 'unknown'])
})

test('the running hour is not unknown before its first result is late', () => {
  expect(states(toHourCells([hour(1, { up: 60 })], OLD, NOW)).slice(-2)).toEqual(['up', null])
  expect(states(toHourCells([hour(1, { up: 60 })], { ...OLD, state: 'unknown' }, NOW)).slice(-2)).toEqual([
    'up',
    'unknown',
  ])
})

test('a monitor that is probed less than once an hour keeps its state between two results', () => {
  const cells = toHourCells([hour(5, { down: 1 }), hour(1, { up: 1 })], { ...OLD, intervalSeconds: 14_400 }, NOW)
  expect(states(cells).slice(-6)).toEqual(['down', 'down', 'down', 'down', 'up', 'up'])
})

test('before a monitor existed there is nothing, not even unknown', () => {
  const young = { ...OLD, createdAt: THIS_HOUR - HOUR / 2 }
  expect(states(toHourCells([hour(0, { up: 1 })], young, NOW)).slice(-3)).toEqual([null, 'unknown', 'up'])
})

test('the silence of a heartbeat between two pings means that nothing changed', () => {
  const cells = toHourCells([hour(5, { up: 1 })], { ...OLD, kind: 'heartbeat' }, NOW)
  expect(states(cells).slice(-6)).toEqual(['up', 'up', 'up', 'up', 'up', 'up'])
})
