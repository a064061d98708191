import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runBackTest } from '../../../lib/domain/alert/back-test.ts'
import type { Firing } from '../../../lib/domain/alert/back-test-firings.ts'
import type { TestedRule } from '../../../lib/domain/alert/back-test-step.ts'
import { judgeBackTest } from '../../../lib/domain/alert/back-test-verdict.ts'
import { type AlertState, evolveAlert, firingLevelOf } from '../../../lib/domain/alert/life-cycle.ts'
import { policyOf } from '../../../lib/domain/alert/policy.ts'
import { createStoredAnswers, type StoredTerm } from '../../../lib/domain/alert/stored-answers.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import { mergeFigures } from '../../../lib/domain/rule/figures-of.ts'
import { groupKeyOf } from '../../../lib/domain/rule/outcome.ts'
import type { AnswerOf } from '../../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../../lib/domain/series/histogram.ts'
import { HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { columnsOf, figuresBetween, type StoredFigures } from '../../support/stored-columns.ts'

const FROM = Date.UTC(2026, 10, 1)

function gauge(at: number, value: number): StoredFigures {
  const scalars = { count: 1, sum: value, min: value, max: value, last: value, lastAt: at }
  return { at, figures: { kind: 'gauge', ...scalars, histogram: EMPTY_HISTOGRAM } }
}

function stored(lines: readonly { group: readonly string[]; values: readonly (number | null)[] }[]): StoredTerm {
  return {
    metric: 'queue.length',
    where: undefined,
    groupBy: lines.some(({ group }) => group.length > 0) ? ['queue'] : [],
    minutesFrom: FROM,
    lines: lines.map(({ group, values }) => ({
      group,
      hours: columnsOf([]),
      minutes: columnsOf(
        values.flatMap((value, index) => (value === null ? [] : [gauge(FROM + index * MINUTE, value)])),
      ),
    })),
  }
}

function rule(changes: Partial<TestedRule> = {}): TestedRule {
  return {
    key: 'queue',
    condition: {
      kind: 'threshold',
      source: { of: { metric: 'queue.length', aggregate: 'avg' } },
      windowMs: 2 * MINUTE,
      operator: 'above',
      warning: { value: 5, recovery: null },
      critical: { value: 8, recovery: 7 },
      minCount: 0,
    },
    groupBy: [],
    groupLimit: 10,
    forMs: 2 * MINUTE,
    keepFiringForMs: 0,
    noData: 'resolve',
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    ...changes,
  }
}

function test(tested: TestedRule, term: StoredTerm, minutes: number) {
  const answerOf = createStoredAnswers([term])
  return runBackTest({
    rules: [tested],
    phases: [{ from: FROM, until: FROM + minutes * MINUTE, stepMs: MINUTE }],
    inputs: { answerOf, slos: new Map() },
    monitorsAt: () => [],
    pointMs: MINUTE,
  })
}

/** The same month without any of the back-test: a minute at a time, from figures that are added up anew. */
function replay(tested: TestedRule, term: StoredTerm, minutes: number) {
  const answerOf: AnswerOf = ({ from, until }) =>
    term.lines.flatMap(({ group, minutes: stored }) => {
      const figures = mergeFigures(figuresBetween(stored, from, until))
      return figures === null ? [] : [{ group, figures }]
    })
  const states = new Map<string, { group: readonly string[]; state: AlertState }>()
  const told: unknown[] = []
  for (let at = FROM + MINUTE; at <= FROM + minutes * MINUTE; at += MINUTE) {
    const outcome = evaluateRule(tested, at, {
      answerOf,
      monitors: [],
      slos: new Map(),
      activeLevelOf: (_rule, groupKey) => {
        const state = states.get(groupKey)?.state
        if (state === undefined) return null
        if (state.critical.status !== 'inactive') return 'critical'
        return state.warning.status === 'inactive' ? null : 'warning'
      },
      firingGroupsOf: () => [],
      knownGroupsOf: () => [...states.values()].map(({ group }) => group),
    })
    const groups = outcome.kind === 'evaluated' ? outcome.groups : []
    for (const group of groups) {
      const key = groupKeyOf(group.group)
      const before = states.get(key)?.state ?? null
      const { state, transitions } = evolveAlert(before, group, at, policyOf(tested))
      if (state === null) states.delete(key)
      else states.set(key, { group: group.group, state })
      if (firingLevelOf(before) !== firingLevelOf(state)) told.push({ at, key, transitions })
    }
  }
  return told
}

function transitionsOf(firings: readonly Firing[]) {
  return firings
    .flatMap(({ group, firedAt, resolvedAt }) => {
      const key = groupKeyOf(group)
      return [
        { at: firedAt, key, op: 'fire' },
        ...(resolvedAt === null ? [] : [{ at: resolvedAt, key, op: 'resolve' }]),
      ]
    })
    .sort((one, other) => one.at - other.at || one.key.localeCompare(other.key) || one.op.localeCompare(other.op))
}

describe('a back-test', () => {
  it('fires and resolves at the very minutes at which the rule would have live', () => {
    const level = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.constant(null))
    const run = fc.tuple(level, fc.integer({ min: 1, max: 6 }))
    const values = fc
      .array(run, { minLength: 5, maxLength: 30 })
      .map((runs) => runs.flatMap(([value, n]) => Array<number | null>(n).fill(value)))
    const tested = fc.record({
      forMs: fc.constantFrom(0, MINUTE, 3 * MINUTE),
      keepFiringForMs: fc.constantFrom(0, 2 * MINUTE),
      noData: fc.constantFrom('resolve', 'keep', 'alert'),
    })
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), tested, (lines, changes) => {
        const isSplit = lines.length > 1
        const term = stored(lines.map((line, index) => ({ group: isSplit ? [`q${index}`] : [], values: line })))
        const asked = rule({ ...(changes as Partial<TestedRule>), groupBy: isSplit ? ['queue'] : [] })
        const minutes = Math.max(...lines.map((line) => line.length)) + 5
        const live = (
          replay(asked, term, minutes) as { at: number; key: string; transitions: { op: string; at: number }[] }[]
        )
          .flatMap(({ at, key, transitions }) =>
            transitions.flatMap((one) =>
              one.op === 'fire'
                ? [{ at, key, op: 'fire' }]
                : one.op === 'resolve'
                  ? [{ at: one.at, key, op: 'resolve' }]
                  : [],
            ),
          )
          .sort((one, other) => one.at - other.at || one.key.localeCompare(other.key) || one.op.localeCompare(other.op))
        expect(transitionsOf(test(asked, term, minutes).firings)).toEqual(live)
      }),
      { numRuns: 60 },
    )
  })

  it('dates an alert, names its worst level and keeps the value that was furthest beyond', () => {
    const values = [1, 1, 6, 6, 6, 6, 9, 10, 10, 9, 1, 1, 1, 1]
    const { firings } = test(rule(), stored([{ group: [], values }]), values.length)
    expect(firings).toHaveLength(1)
    expect(firings[0]).toMatchObject({ level: 'critical', peak: 10 })
    expect(firings[0]?.raises.map(({ level }) => level)).toEqual(['warning', 'critical'])
    expect((firings[0]?.resolvedAt ?? 0) - FROM).toBe(11 * MINUTE)
  })

  it('draws the worst of each point, so that no spike is lost', () => {
    const values = Array.from({ length: 120 }, (_, index) => (index === 61 ? 100 : 1))
    const answerOf = createStoredAnswers([stored([{ group: [], values }])])
    const { course } = runBackTest({
      rules: [rule()],
      phases: [{ from: FROM, until: FROM + 2 * HOUR, stepMs: MINUTE }],
      inputs: { answerOf, slos: new Map() },
      monitorsAt: () => [],
      pointMs: 30 * MINUTE,
    })
    expect(course[0]?.points.map(({ value }) => value)).toEqual([1, 1, 50.5, 1])
  })

  it('takes the share of an hour where minutes are no longer kept', () => {
    const hour = {
      ...gauge(FROM, 0),
      figures: { ...gauge(FROM, 0).figures, kind: 'counter' as const, count: 60, sum: 600 },
    }
    const lines = [{ group: [], hours: columnsOf([hour]), minutes: columnsOf([]) }]
    const term = { ...stored([]), minutesFrom: FROM + HOUR, lines }
    const span = { term: { metric: 'queue.length', aggregate: 'sum' as const }, groupBy: [] }
    const [answer] = createStoredAnswers([term])({ ...span, from: FROM + 30 * MINUTE, until: FROM + 36 * MINUTE })
    expect(answer?.figures).toMatchObject({ sum: 60, count: 6 })
  })
})

describe('what firings come to for people', () => {
  const nights = { timeZone: 'Europe/Paris', fromHour: 22, untilHour: 7 }
  const firing = (fromMinute: number, untilMinute: number | null, changes: Partial<Firing> = {}): Firing => {
    const firedAt = FROM + fromMinute * MINUTE
    const resolvedAt = untilMinute === null ? null : FROM + untilMinute * MINUTE
    const raises = [{ at: firedAt, level: changes.level ?? ('critical' as const) }]
    return {
      group: [],
      startedAt: firedAt,
      firedAt,
      resolvedAt,
      level: 'critical',
      peak: 1,
      raises,
      reason: '',
      ...changes,
    }
  }
  const judge = (firings: readonly Firing[], options: Partial<Parameters<typeof judgeBackTest>[3]> = {}) => {
    const told = firings.map(({ firedAt, level }) => ({ at: firedAt, level, isRepeated: false }))
    return judgeBackTest(firings, told, FROM + 24 * HOUR, { nights, incidents: [], ...options })
  }

  it('counts what is told again apart from what begins', () => {
    const told = [0, 30, 60].map((minute, index) => ({
      at: FROM + minute * MINUTE,
      level: 'critical' as const,
      isRepeated: index > 0,
    }))
    const verdict = judgeBackTest([firing(0, 90)], told, FROM + HOUR, { nights, incidents: [] })
    expect(verdict).toMatchObject({ pages: [{ at: FROM }], reminders: 2 })
  })

  it('knows the night by the clocks of the project', () => {
    // 05:30 UTC is 06:30 in Paris, 06:30 UTC is 07:30.
    expect(judge([firing(330, 340), firing(390, 400)]).pages.map(({ atNight }) => atNight)).toEqual([true, false])
  })

  it('counts an incident as caught by the first alert that overlaps it, and one without as missed', () => {
    const incident = (number: number, from: number, until: number) => ({
      number,
      startedAt: FROM + from * MINUTE,
      resolvedAt: FROM + until * MINUTE,
    })
    const verdict = judge([firing(104, 130), firing(120, 125)], {
      incidents: [incident(12, 100, 140), incident(13, 300, 310)],
    })
    expect(verdict.caught).toEqual([{ incident: incident(12, 100, 140), afterMs: 4 * MINUTE }])
    expect(verdict.missed.map(({ number }) => number)).toEqual([13])
  })

  it('counts overlapping stretches once', () => {
    expect(judge([firing(0, 30), firing(10, 40), firing(60, null)])).toMatchObject({
      totalMs: 40 * MINUTE + 23 * HOUR,
      longestMs: 23 * HOUR,
    })
  })
})
