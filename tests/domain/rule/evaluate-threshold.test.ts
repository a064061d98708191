import { describe, expect, test } from 'vitest'
import type { Operator, ThresholdCondition } from '../../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import type { GroupOutcome } from '../../../lib/domain/rule/outcome.ts'
import type { RuleInputs } from '../../../lib/domain/rule/rule-inputs.ts'
import { MINUTE, toIso } from '../../../lib/domain/time/instant.ts'
import { AT, activeAt, answersOf, inputsOf, minutely, ruleOf, type Sample } from './answers.ts'

const threshold = (given: Partial<ThresholdCondition> = {}): ThresholdCondition => ({
  kind: 'threshold',
  source: { of: { metric: 'm', aggregate: 'avg' } },
  windowMs: 5 * MINUTE,
  operator: 'above',
  warning: { value: 5, recovery: null },
  critical: { value: 10, recovery: null },
  minCount: 0,
  ...given,
})

function judge(
  condition: ThresholdCondition,
  samples: readonly Sample[],
  given: Partial<RuleInputs> = {},
  groupBy: readonly string[] = [],
): readonly GroupOutcome[] {
  const outcome = evaluateRule(ruleOf(condition, { groupBy }), AT, inputsOf({ answerOf: answersOf(samples), ...given }))
  if (outcome.kind === 'failed') throw new Error(outcome.reason)
  return outcome.groups
}

const levelOf = (outcomes: readonly GroupOutcome[]) =>
  outcomes.map((one) => (one.kind === 'judged' ? one.level : one.kind))

describe('a limit', () => {
  test.each<[operator: Operator, value: number, level: string | null]>([
    ['above', 5, null],
    ['above', 5.001, 'warning'],
    ['above', 10, 'warning'],
    ['above', 10.001, 'critical'],
    ['at_least', 4.999, null],
    ['at_least', 5, 'warning'],
    ['at_least', 10, 'critical'],
  ])('%s 5 and 10, and a value of %d: %s', (operator, value, level) => {
    expect(levelOf(judge(threshold({ operator }), minutely('m', [value])))).toEqual([level])
  })

  test.each<[operator: Operator, value: number, level: string | null]>([
    ['below', 5, null],
    ['below', 4.999, 'warning'],
    ['below', 2, 'warning'],
    ['below', 1.999, 'critical'],
    ['at_most', 5.001, null],
    ['at_most', 5, 'warning'],
    ['at_most', 2, 'critical'],
  ])('%s 5 and 2, and a value of %d: %s', (operator, value, level) => {
    const limits = { operator, warning: { value: 5, recovery: null }, critical: { value: 2, recovery: null } }
    expect(levelOf(judge(threshold(limits), minutely('m', [value])))).toEqual([level])
  })

  test('with one level alone, the other is never reached', () => {
    expect(levelOf(judge(threshold({ critical: null }), minutely('m', [99])))).toEqual(['warning'])
    expect(levelOf(judge(threshold({ warning: null }), minutely('m', [9])))).toEqual([null])
  })
})

describe('a recovery limit', () => {
  const limits = threshold({ warning: { value: 5, recovery: 4 }, critical: { value: 10, recovery: 8 } })
  test.each<[active: 'warning' | 'critical' | null, value: number, level: string | null]>([
    [null, 4.5, null],
    ['warning', 4.5, 'warning'],
    ['warning', 4, null],
    [null, 9, 'warning'],
    ['warning', 9, 'warning'],
    ['critical', 9, 'critical'],
    ['critical', 8, 'warning'],
    ['critical', 4.5, 'warning'],
    ['critical', 3, null],
  ])('with an active %s and a value of %d: %s', (active, value, level) => {
    const given = active === null ? {} : activeAt(active)
    expect(levelOf(judge(limits, minutely('m', [value]), given))).toEqual([level])
  })

  test('is the reason that is given', () => {
    const [outcome] = judge(limits, minutely('m', [9]), activeAt('critical'))
    expect(outcome).toMatchObject({ limit: 8, reason: expect.stringContaining('not yet recovered: still above 8') })
  })
})

describe('a window', () => {
  test('holds what came in the minutes before the evaluation, and neither what is older nor what is newer', () => {
    const samples = [
      { metric: 'm', at: AT - 5 * MINUTE - 1, value: 1_000 },
      { metric: 'm', at: AT - 5 * MINUTE, value: 1 },
      { metric: 'm', at: AT - 1, value: 3 },
      { metric: 'm', at: AT, value: 1_000 },
    ]
    expect(judge(threshold(), samples)).toMatchObject([{ level: null, value: 2 }])
  })
})

describe('a ratio', () => {
  const share = threshold({
    source: {
      of: { metric: 'm', aggregate: 'sum', where: { status: { prefix: '5' } } },
      per: { metric: 'm', aggregate: 'sum' },
    },
    warning: null,
    critical: { value: 0.01, recovery: null },
    minCount: 20,
  })
  const requests = (bad: number, good: number): Sample[] => [
    { metric: 'm', at: AT - MINUTE, value: bad, attributes: { status: '503' } },
    { metric: 'm', at: AT - MINUTE, value: good, attributes: { status: '200' } },
  ]
  const judgeCounted = (samples: readonly Sample[]) =>
    judge(share, samples, { answerOf: answersOf(samples, 'counter') })

  test('is the one by the other', () => {
    expect(judgeCounted(requests(1, 99))).toMatchObject([{ level: null, value: 0.01 }])
    expect(judgeCounted(requests(2, 98))).toMatchObject([{ level: 'critical', value: 0.02, limit: 0.01 }])
  })
  test('of nothing bad is zero and not a gap', () => {
    expect(judgeCounted(requests(0, 50).slice(1))).toMatchObject([{ level: null, value: 0 }])
  })
  test('over too little traffic does not hold, and says so', () => {
    const [outcome] = judgeCounted(requests(10, 9))
    expect(outcome).toMatchObject({
      level: null,
      limit: null,
      reason: expect.stringContaining('rests on 19 over 5 min, less than 20'),
    })
    expect(levelOf(judgeCounted(requests(10, 10)))).toEqual(['critical'])
  })
  test('by nothing does not hold, and says so', () => {
    const condition = { ...share, minCount: 0 }
    const samples = requests(0, 0)
    const [outcome] = judge(condition, samples, { answerOf: answersOf(samples, 'counter') })
    expect(outcome).toMatchObject({ level: null, reason: expect.stringContaining('nothing to divide by') })
  })
  test('of what went well can be turned into what failed', () => {
    const source = { of: { metric: 'ok', aggregate: 'avg' }, isRest: true } as const
    const samples = minutely('ok', [1, 1, 1, 0])
    expect(judge({ ...share, source, minCount: 0 }, samples)).toMatchObject([{ value: 0.25, level: 'critical' }])
  })
})

describe('groups', () => {
  const samples = [...minutely('m', [1, 1], { route: '/a' }), ...minutely('m', [20, 20], { route: '/b' })]
  test('are judged one by one', () => {
    const outcomes = judge(threshold(), samples, {}, ['route'])
    expect(outcomes.map(({ group }) => group)).toEqual([['/a'], ['/b']])
    expect(levelOf(outcomes)).toEqual([null, 'critical'])
  })
  test('beyond the limit of groups are a failure of the rule', () => {
    const rule = ruleOf(threshold(), { groupBy: ['route'], groupLimit: 1 })
    const outcome = evaluateRule(rule, AT, inputsOf({ answerOf: answersOf(samples) }))
    expect(outcome).toEqual({ kind: 'failed', reason: expect.stringContaining('2 groups are more than the 1') })
  })
  test('that were seen before and are silent have no data', () => {
    const known = { knownGroupsOf: () => [['/b'], ['/gone']] }
    const outcomes = judge(threshold(), samples, known, ['route'])
    expect(outcomes.map(({ group }) => group)).toEqual([['/a'], ['/b'], ['/gone']])
    expect(outcomes[2]).toMatchObject({ kind: 'no_data', since: AT - 5 * MINUTE })
  })
})

describe('silence', () => {
  test('is no data, with nothing to say since when of what never came', () => {
    expect(judge(threshold(), [])).toEqual([{ group: [], kind: 'no_data', since: null, reason: 'no data so far' }])
  })
  test('of what came before is no data since its window began, or since the last sample where that is known', () => {
    const known = { knownGroupsOf: () => [[]] }
    const from = AT - 5 * MINUTE
    expect(judge(threshold(), [], known)).toMatchObject([{ since: from, reason: `no data since ${toIso(from)}` }])
    const exact = { ...known, lastSampleAtOf: () => from - MINUTE }
    expect(judge(threshold(), [], exact)).toMatchObject([{ since: from - MINUTE }])
  })
})

test('an average that is written as a ratio is said in its unit, and a share in percent', () => {
  const ratio = (metric: string) =>
    threshold({ source: { of: { metric, aggregate: 'sum' }, per: { metric, aggregate: 'count' } } })
  const say = (metric: string) => judge(ratio(metric), minutely(metric, [0.25]), { unitOf: () => 's' })[0]?.reason
  expect(say('m')).toContain('is 250\u00a0ms')
  expect(say('probe.success')).toContain('is 25%')
})

test('a reason says measure, window, value and limit, in the unit of the metric', () => {
  const condition = threshold({ source: { of: { metric: 'm', aggregate: 'max', where: { route: '/x' } } } })
  const samples = minutely('m', [12.345], { route: '/x' })
  const [outcome] = judge(condition, samples, { unitOf: () => 's' })
  expect(outcome?.reason.replaceAll('\u00a0', ' ')).toBe('max of m where route is /x over 5 min is 12.3 s, above 10 s')
})
