import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import { mergeAnswers, mergeFigures, valueOfFigures } from '../../../lib/domain/rule/figures-of.ts'
import type { AnswerOf, Figures } from '../../../lib/domain/series/figures.ts'
import { AGGREGATES } from '../../../lib/domain/series/question.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { AT, answersOf, figuresOf, inputsOf, ruleOf, type Sample } from './answers.ts'

/** Whole numbers, whose sums are exact in any order. */
const values = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 })
const figures = (list: readonly number[]): Figures[] => list.map((value, index) => figuresOf({ at: AT + index, value }))
const merged = (list: readonly (Figures | null)[]) => mergeFigures(list.filter((one) => one !== null))

test('figures add up the same in any grouping', () => {
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), (list, one, other) => {
      const parts = figures(list)
      const [low, high] = [one % (list.length + 1), other % (list.length + 1)].sort((a, b) => a - b) as [number, number]
      const thirds = [parts.slice(0, low), parts.slice(low, high), parts.slice(high)].map(mergeFigures)
      expect(merged(thirds)).toEqual(mergeFigures(parts))
      expect(merged([merged(thirds.slice(0, 2)), thirds[2] ?? null])).toEqual(mergeFigures(parts))
    }),
  )
})

test('figures add up the same in any order', () => {
  fc.assert(
    fc.property(values, (list) => {
      expect(mergeFigures(figures(list).reverse())).toEqual(mergeFigures(figures(list)))
    }),
  )
})

test('nothing adds up to nothing', () => {
  expect(mergeFigures([])).toBeNull()
})

test.each([
  ['gauge', 'avg', 2.5],
  ['gauge', 'min', 1],
  ['gauge', 'max', 4],
  ['gauge', 'last', 4],
  ['gauge', 'sum', 10],
  ['gauge', 'count', 4],
  ['counter', 'sum', 10],
  ['counter', 'count', 10],
  ['counter', 'rate', 10 / 300],
  ['counter', 'min', null],
  ['histogram', 'avg', 2.5],
  ['histogram', 'count', 4],
  ['histogram', 'rate', 4 / 300],
  ['histogram', 'last', null],
  ['counter', 'p95', null],
] as const)('of a %s that was 1, 2, 3, 4 in five minutes, %s is %d', (kind, aggregate, value) => {
  const all = mergeFigures([1, 2, 3, 4].map((one, index) => figuresOf({ at: AT + index, value: one }, kind)))
  expect(all === null ? null : valueOfFigures(all, aggregate, 5 * MINUTE)).toBe(value)
})

test('a percentile is at most 0.55 % off and never beyond what was measured', () => {
  const all = mergeFigures(figures(Array.from({ length: 100 }, (_, index) => index + 1)))
  const p95 = all === null ? null : valueOfFigures(all, 'p95', MINUTE)
  expect(Math.abs((p95 ?? 0) - 95) / 95).toBeLessThanOrEqual(0.0055)
})

test('an evaluation over spans that were merged is one over the whole', () => {
  const sample = fc.record({
    metric: fc.constantFrom('m', 'n'),
    at: fc.integer({ min: AT - 10 * MINUTE, max: AT }),
    value: fc.integer({ min: 1, max: 1_000 }),
    attributes: fc.constantFrom({ route: '/a' }, { route: '/b' }),
  })
  const condition = fc.record({
    aggregate: fc.constantFrom(...AGGREGATES),
    isRatio: fc.boolean(),
    windowMinutes: fc.integer({ min: 1, max: 10 }),
  })
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 60 }), condition, (samples, { aggregate, isRatio, windowMinutes }) => {
      const whole = answersOf(samples as Sample[], 'gauge')
      const byMinute: AnswerOf = (span) =>
        mergeAnswers(
          Array.from({ length: (span.until - span.from) / MINUTE }, (_, index) =>
            whole({ ...span, from: span.from + index * MINUTE, until: span.from + (index + 1) * MINUTE }),
          ),
        )
      const threshold: RuleCondition = {
        kind: 'threshold',
        source: {
          of: { metric: 'm', aggregate },
          ...(isRatio ? { per: { metric: 'n', aggregate: 'sum' as const } } : {}),
        },
        windowMs: windowMinutes * MINUTE,
        operator: 'above',
        warning: { value: 1, recovery: null },
        critical: { value: 500, recovery: null },
        minCount: 0,
      }
      const rule = ruleOf(threshold, { groupBy: ['route'] })
      const sorted = (answerOf: AnswerOf) => {
        const outcome = evaluateRule(rule, AT, inputsOf({ answerOf }))
        return outcome.kind === 'failed'
          ? outcome
          : [...outcome.groups].sort((a, b) => (String(a.group) < String(b.group) ? -1 : 1))
      }
      expect(sorted(byMinute)).toEqual(sorted(whole))
    }),
  )
})
