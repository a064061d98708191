import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildWeekly } from '../../../lib/domain/report/build-weekly.ts'
import type { IncidentRecord, ReportFigures } from '../../../lib/domain/report/figures.ts'
import { planLastWeek, planRunningWeek } from '../../../lib/domain/report/plan-report.ts'
import type { WeeklyReport } from '../../../lib/domain/report/weekly-report.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'
import { dayOf, monitorOf, NO_FIGURES, spanOf } from './figures-of.ts'

const zone = 'Europe/Paris'
const project: WeeklyReport['project'] = { slug: 'acme', name: 'Acme', timeZone: zone, locale: 'en' }
const plan = planLastWeek(zone, Date.UTC(2026, 10, 16, 8))
const from = plan.span.from
const figuresOf = (some: Partial<ReportFigures>): ReportFigures => ({ ...NO_FIGURES, ...some })
const build = (figures: Partial<ReportFigures>, before: Partial<ReportFigures> = {}) =>
  buildWeekly({ project, plan, figures: figuresOf(figures), before: figuresOf(before) })

function incident(
  number: number,
  priority: IncidentRecord['priority'],
  times: Partial<IncidentRecord> = {},
): IncidentRecord {
  return {
    number,
    title: `incident ${number}`,
    priority,
    startedAt: from + number * HOUR,
    acknowledgedAt: null,
    resolvedAt: null,
    ...times,
  }
}
const after = (startedAt: Instant, ms: number) => startedAt + ms

describe('each figure is judged against the week before', () => {
  const quiet = monitorOf('api', spanOf(Array(1000).fill(100)))
  test.each([
    ['fewer failures', 1_000, 1, 9, 'better', 'up'],
    ['more failures', 1_000, 9, 1, 'worse', 'down'],
    // 99.999 % and 99.991 % both read 99.99 %.
    ['a difference that is not shown', 100_000, 1, 9, 'same', null],
  ] as const)('uptime with %s', (_, checks, down, downBefore, change, direction) => {
    const weekOf = (failed: number) => ({
      monitors: [monitorOf('api', spanOf(Array(checks).fill(100), { down: failed }))],
    })
    expect(build(weekOf(down), weekOf(downBefore)).figures.uptime).toMatchObject({ change, direction })
  })

  test.each([
    [100, 100, 'same', null],
    [104, 100, 'same', null],
    [106, 100, 'worse', 'up'],
    [90, 100, 'better', 'down'],
  ] as const)('an average of %i ms after %i ms is %s', (now, then, change, direction) => {
    const one = monitorOf('api', spanOf(Array(50).fill(now)))
    const other = monitorOf('api', spanOf(Array(50).fill(then)))
    const { averageMs } = build({ monitors: [one] }, { monitors: [other] }).figures
    expect(averageMs).toEqual({ value: now, before: then, change, direction })
  })

  test('a project without a week before has nothing to compare, and not a week of zeros', () => {
    const { figures } = build({ monitors: [quiet], incidents: [incident(1, 'P0')] })
    for (const figure of Object.values(figures))
      expect(figure).toMatchObject({ before: null, change: 'no_week_before' })
    expect(figures.criticalIncidents.value).toBe(1)
  })

  test('a week in which nothing was measured is no better and no worse', () => {
    const { figures } = build({}, { monitors: [quiet] })
    expect(figures.uptime).toMatchObject({ value: null, change: 'not_comparable' })
    expect(figures.p95Ms).toMatchObject({ value: null, change: 'not_comparable' })
  })
})

test('incidents are counted by class: P0 critical, P1 major, P2 and P3 minor', () => {
  const incidents = [incident(1, 'P0'), incident(2, 'P1'), incident(3, 'P1'), incident(4, 'P2'), incident(5, 'P3')]
  const { figures } = build({ monitors: [monitorOf('api', spanOf([1]))], incidents })
  expect(figures.criticalIncidents.value).toBe(1)
  expect(figures.majorIncidents.value).toBe(2)
  expect(figures.minorIncidents.value).toBe(2)
})

test('times to acknowledge and to resolve are medians of the incidents that were', () => {
  const started = (number: number) => from + number * HOUR
  const incidents = [
    incident(1, 'P0', { acknowledgedAt: after(started(1), 2 * MINUTE), resolvedAt: after(started(1), 10 * MINUTE) }),
    incident(2, 'P0', { acknowledgedAt: after(started(2), 4 * MINUTE), resolvedAt: after(started(2), 3 * DAY) }),
    incident(3, 'P0', { resolvedAt: after(started(3), 20 * MINUTE) }),
    incident(4, 'P0'),
  ]
  const { acknowledgeMs, resolveMs } = build({ incidents }).figures
  expect(acknowledgeMs.value).toBe(3 * MINUTE)
  expect(resolveMs.value).toBe(20 * MINUTE)
  expect(build({ incidents: [incident(1, 'P0')] }).figures.resolveMs.value).toBeNull()
})

test('monitors stand worst first, unprobed ones before the flawless, and at most twenty', () => {
  const monitors = [
    monitorOf('flawless', spanOf(Array(100).fill(10))),
    monitorOf('unprobed', spanOf([], { unknown: 50 })),
    monitorOf('shaky', spanOf(Array(99).fill(10), { down: 1 })),
    monitorOf('broken', spanOf(Array(10).fill(10), { down: 90 })),
    monitorOf('flawless-slow', spanOf(Array(100).fill(900))),
  ]
  expect(build({ monitors }).monitors.map(({ key }) => key)).toEqual([
    'broken',
    'shaky',
    'unprobed',
    'flawless-slow',
    'flawless',
  ])
  const many = Array.from({ length: 33 }, (_, index) => monitorOf(`m${index}`, spanOf([10])))
  expect(build({ monitors: many })).toMatchObject({ monitorsTotal: 33, monitors: { length: 20 } })
})

test('a day without a measurement is null, not zero and not left out', () => {
  const { days } = build({ days: [dayOf(from, 1, spanOf([100, 200, 300], { down: 1 }))] })
  expect(days).toHaveLength(7)
  expect(days[0]).toEqual({ date: '2026-11-09', uptime: null, coverage: null, p50Ms: null, p95Ms: null })
  expect(days[1]).toMatchObject({ date: '2026-11-10', uptime: 0.75 })
  expect(days[1]?.p50Ms).toBeCloseTo(200, -1)
})

test('percentiles of all monitors come from their merged histogram', () => {
  const fast = monitorOf('fast', spanOf(Array(950).fill(100)))
  const slow = monitorOf('slow', spanOf(Array(50).fill(4_000)))
  expect(build({ monitors: [fast, slow] }).figures.p95Ms.value).toBeCloseTo(100, 0)
  const slower = monitorOf('slow', spanOf(Array(51).fill(4_000)))
  const p95 = build({ monitors: [monitorOf('fast', spanOf(Array(949).fill(100))), slower] }).figures.p95Ms.value ?? 0
  expect(Math.abs(p95 / 4_000 - 1)).toBeLessThan(0.0055)
})

test('a running week is compared with the same part of the week before and shows the days begun', () => {
  const now = Date.UTC(2026, 10, 18, 12)
  const running = planRunningWeek(zone, now)
  expect(running.span).toEqual({ from: Date.UTC(2026, 10, 15, 23), until: now })
  expect(running.spanBefore).toEqual({ from: Date.UTC(2026, 10, 8, 23), until: Date.UTC(2026, 10, 11, 12) })
  const report = buildWeekly({ project, plan: running, figures: NO_FIGURES, before: NO_FIGURES })
  expect(report.days.map(({ date }) => date)).toEqual(['2026-11-16', '2026-11-17', '2026-11-18'])
})

test('the order in which monitors and incidents are read changes nothing', () => {
  const monitors = [3, 1, 2].map((down) => monitorOf(`m${down}`, spanOf([10, 20], { down })))
  const incidents = [incident(1, 'P2'), incident(2, 'P0'), incident(3, 'P1')]
  const expected = build({ monitors, incidents })
  fc.assert(
    fc.property(
      fc.shuffledSubarray(monitors, { minLength: 3 }),
      fc.shuffledSubarray(incidents, { minLength: 3 }),
      (some, others) => {
        expect(build({ monitors: some, incidents: others })).toEqual(expected)
      },
    ),
  )
})

test('a report survives storage as JSON', () => {
  const report = build({ monitors: [monitorOf('api', spanOf([12.3], { down: 1 }))], incidents: [incident(1, 'P0')] })
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

describe('the satisfaction of users', () => {
  const satisfactionOf = (now: [number, number] | null, then: [number, number] | null) => {
    const figures = (given: [number, number] | null) => ({
      satisfaction: given === null ? null : { count: given[0], sum: given[1] },
    })
    return build(figures(now), figures(then)).satisfaction
  }
  test.each([
    ['more', [4, 18], [2, 8], 4.5, 4, 'better', 'up'],
    ['less', [4, 12], [2, 8], 3, 4, 'worse', 'down'],
    ['what reads the same', [1_000, 4_001], [1_000, 4_002], 4.001, 4.002, 'same', null],
    ['nothing, after something', [0, 0], [2, 8], null, 4, 'not_comparable', null],
    ['something, after a week without', [2, 8], [0, 0], 4, null, 'not_comparable', null],
  ] as const)('%s', (_, now, then, value, before, change, direction) => {
    expect(satisfactionOf([...now], [...then])).toEqual({
      connected: true,
      average: { value, before, change, direction },
      count: now[0],
      countBefore: then[0],
    })
  })
  test('has no week before when nobody had ever answered then', () => {
    expect(satisfactionOf([2, 8], null)).toMatchObject({
      connected: true,
      average: { value: 4, before: null, change: 'no_week_before' },
      countBefore: null,
    })
  })
})

test('what is not connected yet has its place', () => {
  expect(build({})).toMatchObject({ deployments: { connected: false }, satisfaction: { connected: false } })
})
