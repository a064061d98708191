import { describe, expect, test } from 'vitest'
import type { SeriesAnswer } from '../../../lib/domain/series/question.ts'
import { DAY } from '../../../lib/domain/time/instant.ts'
import { monthAt, readTokenBudget } from '../../../lib/queries/dashboards/token-budget.ts'

const project = { id: 'p', timeZone: 'Europe/Paris' }

test.each([
  ['Europe/Paris', '2026-02-28T22:59:59Z', '2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z'],
  ['Europe/Paris', '2026-02-28T23:00:00Z', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['Europe/Paris', '2026-12-31T12:00:00Z', '2026-11-30T23:00:00Z', '2026-12-31T23:00:00Z'],
  ['Pacific/Auckland', '2026-01-31T11:30:00Z', '2026-01-31T11:00:00Z', '2026-02-28T11:00:00Z'],
])('in %s the month of %s is that of the calendar there', (zone, now, from, until) => {
  expect(monthAt(zone, Date.parse(now))).toEqual({ from: Date.parse(from), until: Date.parse(until) })
})

describe('tokens against the budget', () => {
  const now = Date.parse('2026-04-15T22:00:00Z')
  const read = (used: number | null, budget: number | null) => {
    const answer: SeriesAnswer = {
      kind: 'histogram',
      unit: '{token}',
      groupsTotal: 1,
      lines: [{ group: [], points: [{ at: now - DAY, value: used ?? 0 }] }],
    }
    const deps = {
      telemetry: { query: async () => (used === null ? null : answer) },
      settings: { readTokenBudget: async () => budget },
    }
    return readTokenBudget(deps, project, now)
  }

  test.each([
    [799, 'fine'],
    [800, 'fine'],
    [801, 'warning'],
    [1_000, 'warning'],
    [1_001, 'critical'],
  ])('%d of 1,000 tokens is %s: finance should know above 80 %%', async (used, state) => {
    expect((await read(used, 1_000))?.state).toBe(state)
  })

  test('half of the month gone, the forecast is twice of what was used', async () => {
    expect((await read(500, null))?.forecast).toBeCloseTo(1_000, 6)
  })

  test('without a budget nothing is judged, and without the metric nothing is said', async () => {
    expect(await read(10, null)).toMatchObject({ budget: null, share: null, state: 'fine' })
    expect(await read(null, 1_000)).toBeNull()
  })
})
