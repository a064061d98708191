import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AlertState, evolveAlert } from '../../lib/domain/alert/life-cycle.ts'
import { LEVELS, type Operator } from '../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../lib/domain/rule/evaluate.ts'
import type { AnswerOf } from '../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../lib/domain/series/histogram.ts'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { askPromtool, type Case, type Compared, missingPromtool } from './promtool.ts'

const MINUTES = 90
const CASES = 120

const missing = missingPromtool()
if (missing !== null) process.stdout.write(`The comparison with Prometheus is skipped: ${missing}.\n`)

/** Stretches of one value, or of none, about the limits: long enough to fire and short enough not to. */
const gauges = fc
  .array(fc.tuple(fc.option(fc.integer({ min: 0, max: 30 }), { freq: 6 }), fc.integer({ min: 1, max: 14 })), {
    minLength: MINUTES,
    maxLength: MINUTES,
  })
  .map((runs) => runs.flatMap(([value, length]) => Array.from({ length }, () => value)).slice(0, MINUTES))

/** Limits that the gauges cross, in the size of the aggregate. An average must not meet one: the last bit of a division is nobody's promise. */
const SIZED: Record<Compared, (limit: number) => number> = {
  avg: (limit) => limit + 0.37,
  min: (limit) => limit,
  max: (limit) => limit,
  last: (limit) => limit,
  sum: (limit) => limit * 3,
  count: (limit) => Math.round(limit / 4),
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    aggregate: fc.constantFrom<Compared>('last', 'last', 'avg', 'min', 'max', 'sum', 'count'),
    rangeMinutes: fc.integer({ min: 1, max: 8 }),
    operator: fc.constantFrom<Operator>('above', 'below', 'at_least', 'at_most'),
    warning: fc.integer({ min: 12, max: 18 }),
    distance: fc.integer({ min: 1, max: 8 }),
    levels: fc.constantFrom('both', 'both', 'warning', 'critical'),
    forMs: fc.constantFrom(0, 30 * SECOND, MINUTE, 90 * SECOND, 3 * MINUTE, 5 * MINUTE, 12 * MINUTE),
    keepFiringForMs: fc.constantFrom(0, 0, 45 * SECOND, MINUTE, 4 * MINUTE),
    a: gauges,
    b: gauges,
  })
  .map(({ warning, distance, levels, a, b, ...rule }) => {
    const isUpward = rule.operator === 'above' || rule.operator === 'at_least'
    const critical = isUpward ? warning + distance : warning - distance
    const sized = SIZED[rule.aggregate]
    return {
      ...rule,
      limits: {
        warning: levels === 'critical' ? null : sized(warning),
        critical: levels === 'warning' ? null : sized(critical),
      },
      series: { a, b },
    }
  })

function answersOf({ series }: Case): AnswerOf {
  return ({ from, until }) =>
    Object.entries(series).flatMap(([instance, values]) => {
      const seen = values.flatMap((value, minute) => {
        const at = minute * MINUTE
        return value !== null && at >= from && at < until ? [{ at, value }] : []
      })
      const last = seen.at(-1)
      if (last === undefined) return []
      const all = seen.map(({ value }) => value)
      const figures = {
        kind: 'gauge' as const,
        count: seen.length,
        sum: all.reduce((sum, value) => sum + value, 0),
        min: Math.min(...all),
        max: Math.max(...all),
        last: last.value,
        lastAt: last.at,
        histogram: EMPTY_HISTOGRAM,
      }
      return [{ group: [instance], figures }]
    })
}

/** Prometheus's range ends with the sample of its evaluation; our window holds the samples before the minute that is evaluated. */
function ruleOf({ aggregate, rangeMinutes, operator, limits }: Case) {
  const limit = (value: number | null) => (value === null ? null : { value, recovery: null })
  return {
    key: 'compared',
    condition: {
      kind: 'threshold' as const,
      source: { of: { metric: 'm', aggregate } },
      windowMs: (rangeMinutes + 1) * MINUTE,
      operator,
      warning: limit(limits.warning),
      critical: limit(limits.critical),
      minCount: 0,
    },
    groupBy: ['instance'],
    groupLimit: 100,
  }
}

/** What our evaluator and life cycle say of a case at each minute, in the words of `askPromtool`. */
function askOurs(one: Case, index: number): Set<string>[] {
  const rule = ruleOf(one)
  const answerOf = answersOf(one)
  const states = new Map<string, AlertState | null>()
  const policy = {
    forMs: one.forMs,
    keepFiringForMs: one.keepFiringForMs,
    noData: 'resolve' as const,
    intervalMs: MINUTE,
  }
  return Array.from({ length: MINUTES }, (_, minute) => {
    const at = (minute + 1) * MINUTE
    const inputs = {
      answerOf,
      monitors: [],
      activeLevelOf: () => null,
      firingGroupsOf: () => [],
      knownGroupsOf: () => [...states.keys()].map((instance) => [instance]),
      slos: new Map(),
    }
    const outcome = evaluateRule(rule, at, inputs)
    if (outcome.kind === 'failed') throw new Error(outcome.reason)
    const found = new Set<string>()
    for (const instance of ['a', 'b']) {
      const group = outcome.groups.find(({ group: [name] }) => name === instance) ?? { kind: 'absent' as const }
      const { state } = evolveAlert(states.get(instance) ?? null, group, at, policy)
      states.set(instance, state)
      for (const level of LEVELS) {
        const status = state?.[level].status ?? 'inactive'
        if (status !== 'inactive' && one.limits[level] !== null) found.add(`${index} ${level} ${instance} ${status}`)
      }
    }
    return found
  })
}

test.skipIf(missing !== null)(
  'random rules over random series are pending and firing exactly when Prometheus says so',
  () => {
    const seed = Math.trunc(Math.random() * 2 ** 31)
    const drawn = fc.sample(cases, { numRuns: CASES, seed })
    const theirs = askPromtool(drawn, MINUTES)
    const ours = drawn.map(askOurs)
    let seen = 0
    for (const [minute, expected] of theirs.entries()) {
      const found = ours.flatMap((byMinute) => [...(byMinute[minute] ?? [])])
      expect([...found].sort(), `minute ${minute}, seed ${seed}`).toEqual([...expected].sort())
      seen += expected.size
    }
    // Or nothing has been compared.
    expect(seen).toBeGreaterThan(CASES * 10)
  },
)
