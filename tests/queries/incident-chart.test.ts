import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { chartWindow, toIncidentChart } from '../../lib/queries/incident-chart.ts'

const START = Date.UTC(2026, 10, 21, 3, 12)
const alert = (intervalSeconds: number, resolvedAt: number | null = null) => ({
  startedAt: START,
  resolvedAt,
  monitor: { id: 'm', key: 'shop', name: 'Shop', kind: 'http', runbookUrl: '', intervalSeconds },
})

test.each([
  ['ten minutes before a monitor of 10 s', 10, 10 * MINUTE],
  ['fifteen slots before a monitor of 5 min', 300, 75 * MINUTE],
])('the window begins %s', (_name, interval, before) => {
  expect(START - chartWindow(alert(interval), null, START + MINUTE).from).toBe(before)
})

test('the window never reaches beyond the present, nor far beyond the end', () => {
  expect(chartWindow(alert(10), null, START + 4 * MINUTE).until).toBe(START + 4 * MINUTE)
  const long = chartWindow(alert(10, START + 2 * MINUTE), null, START + 600 * MINUTE)
  expect(long.until).toBe(START + 2 * MINUTE + (10 * MINUTE) / 3)
})

test('failures leave a gap in the line, and the usual answer is the median before the start', () => {
  const at = (slot: number) => START + slot * 10 * SECOND
  const window = { from: START - 10 * MINUTE, until: START + MINUTE }
  const chart = toIncidentChart(
    [
      { at: at(-3), verdict: 'up', latencyMs: 40 },
      { at: at(-2), verdict: 'up', latencyMs: 60 },
      { at: at(-1), verdict: 'up', latencyMs: 900 },
      { at: at(0), verdict: 'down', latencyMs: 12 },
    ],
    alert(10),
    window,
  )
  expect(chart?.points.map(({ ms }) => ms)).toEqual([40, 60, 900, null])
  expect(chart).toMatchObject({ usualMs: 60, slowestMs: 900, from: at(-3), until: window.until })
})

test('without results there is nothing to draw', () => {
  expect(toIncidentChart([], alert(10), { from: START, until: START + MINUTE })).toBeNull()
})
