import { expect, test } from 'vitest'
import { shownState } from '../../../lib/domain/monitor/monitor.ts'
import { priorityOf, SEVERITIES, severityOf } from '../../../lib/domain/monitor/severity.ts'
import { MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 23, 9)
const HTTP = { pausedAt: null, intervalSeconds: 60, kind: 'http' }
/** Three intervals and the margin of a late tick. */
const STALE_MS = 3 * MINUTE + 90 * SECOND

test.each([
  ['a fresh result is believed', 'up', HTTP, NOW, 'up'],
  ['one as old as three intervals and a late tick still is', 'down', HTTP, NOW - STALE_MS, 'down'],
  ['an older one says nothing about now', 'up', HTTP, NOW - STALE_MS - 1, 'unknown'],
  ['not even that it was down', 'down', HTTP, NOW - STALE_MS - 1, 'unknown'],
  ['paused comes before everything', 'down', { ...HTTP, pausedAt: NOW }, NOW, 'paused'],
  ['without a result it is pending', 'pending', HTTP, null, 'pending'],
  ['a heartbeat is silent by nature', 'up', { ...HTTP, kind: 'heartbeat' }, NOW - 1_000 * MINUTE, 'up'],
] as const)('%s', (_title, state, monitor, lastResultAt, shown) => {
  expect(shownState(state, monitor, lastResultAt, NOW)).toBe(shown)
})

test('severity and priority are two names of one scale', () => {
  expect(SEVERITIES.map(priorityOf)).toEqual(['P3', 'P2', 'P1', 'P0'])
  for (const severity of SEVERITIES) expect(severityOf(priorityOf(severity))).toBe(severity)
})
