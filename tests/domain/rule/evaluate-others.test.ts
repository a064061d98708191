import { describe, expect, test } from 'vitest'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import type { GroupOutcome } from '../../../lib/domain/rule/outcome.ts'
import type { RuleInputs } from '../../../lib/domain/rule/rule-inputs.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { AT, activeAt, answersOf, inputsOf, minutely, monitorFacts, ruleOf, type Sample } from './answers.ts'

function judge(
  condition: RuleCondition,
  given: Partial<RuleInputs> = {},
  groupBy: readonly string[] = [],
): readonly GroupOutcome[] {
  const outcome = evaluateRule(ruleOf(condition, { groupBy }), AT, inputsOf(given))
  if (outcome.kind === 'failed') throw new Error(outcome.reason)
  return outcome.groups
}
const levelOf = (outcomes: readonly GroupOutcome[]) =>
  outcomes.map((one) => (one.kind === 'judged' ? one.level : one.kind))

describe('absence', () => {
  const absence: RuleCondition = {
    kind: 'absence',
    term: { metric: 'm', aggregate: 'count' },
    windowMs: 10 * MINUTE,
    level: 'critical',
  }
  test('holds when nothing came in its window, and not when one sample did', () => {
    const sample = (at: number): Partial<RuleInputs> => ({ answerOf: answersOf([{ metric: 'm', at, value: 0 }]) })
    expect(levelOf(judge(absence, sample(AT - 10 * MINUTE)))).toEqual([null])
    expect(levelOf(judge(absence, sample(AT - 10 * MINUTE - 1)))).toEqual(['critical'])
  })
  test('of what never came holds, too', () => {
    expect(judge(absence)).toMatchObject([{ level: 'critical', reason: expect.stringContaining('never did before') }])
  })
  test('misses the groups that it has seen', () => {
    const given = {
      answerOf: answersOf(minutely('m', [1], { host: 'a' })),
      knownGroupsOf: () => [['a'], ['b']],
    }
    expect(judge(absence, given, ['host'])).toMatchObject([
      { group: ['a'], level: null },
      { group: ['b'], level: 'critical' },
    ])
  })
})

describe('failures in a row', () => {
  const failures = (
    monitors = { keys: null, tag: null } as { keys: string[] | null; tag: string | null },
  ): RuleCondition => ({
    kind: 'consecutive_failures',
    monitors,
    failures: 3,
    level: 'critical',
  })
  test.each([
    [0, null],
    [2, null],
    [3, 'critical'],
    [4, 'critical'],
  ])('%d of 3: %s', (failedInARow, level) => {
    expect(judge(failures(), { monitors: [monitorFacts('a', { failedInARow })] })).toMatchObject([
      { group: ['a'], level },
    ])
  })
  test('are told of all monitors at once, whatever the limit of groups', () => {
    const monitors = Array.from({ length: 30 }, (_, index) => monitorFacts(`m-${index}`, { failedInARow: 3 }))
    expect(levelOf(judge(failures(), { monitors }))).toEqual(monitors.map(() => 'critical'))
  })
  test('are of the monitors that are meant', () => {
    const monitors = [monitorFacts('a', { tags: ['prod'] }), monitorFacts('b', { failedInARow: 9 })]
    const groups = (selector: { keys: string[] | null; tag: string | null }) =>
      judge(failures(selector), { monitors }).map(({ group }) => group[0])
    expect(groups({ keys: null, tag: null })).toEqual(['a', 'b'])
    expect(groups({ keys: null, tag: 'prod' })).toEqual(['a'])
    expect(groups({ keys: ['b'], tag: null })).toEqual(['b'])
  })
  test.each([
    ['paused', null],
    ['maintenance', null],
    ['unknown', 'no_data'],
  ] as const)('of a monitor that is %s say nothing: %s', (state, outcome) => {
    expect(levelOf(judge(failures(), { monitors: [monitorFacts('a', { state, failedInARow: 9 })] }))).toEqual([outcome])
  })
  test('of a monitor that is named and not there are no data', () => {
    expect(judge(failures({ keys: ['gone'], tag: null }))).toMatchObject([
      { group: ['gone'], kind: 'no_data', reason: 'there is no monitor gone' },
    ])
  })
})

describe('expiry', () => {
  const expiry: RuleCondition = {
    kind: 'expiry',
    monitors: { keys: null, tag: null },
    warningDays: 30,
    criticalDays: 14,
  }
  test.each([
    [30 * DAY + MINUTE, null],
    [30 * DAY, 'warning'],
    [14 * DAY + MINUTE, 'warning'],
    [14 * DAY, 'critical'],
    [-DAY, 'critical'],
  ])('%d ms ahead: %s', (leftMs, level) => {
    const monitors = [monitorFacts('a', { certificateExpiresAt: AT + leftMs })]
    expect(judge(expiry, { monitors })).toMatchObject([{ group: ['a'], level, value: leftMs / DAY }])
  })
  test('passes over monitors without a certificate, but for those that it names', () => {
    const monitors = [monitorFacts('a')]
    expect(judge(expiry, { monitors })).toEqual([])
    expect(levelOf(judge({ ...expiry, monitors: { keys: ['a'], tag: null } }, { monitors }))).toEqual(['no_data'])
  })
})

describe('baseline', () => {
  const baseline: RuleCondition = {
    kind: 'baseline',
    source: { of: { metric: 'm', aggregate: 'sum' } },
    windowMs: HOUR,
    operator: 'below',
    warning: { value: 0.8, recovery: null },
    critical: { value: 0.5, recovery: 0.7 },
    weeks: 4,
    minBaseline: 10,
  }
  const weekly = (now: number, ...weeks: number[]): Partial<RuleInputs> => ({
    answerOf: answersOf(
      [now, ...weeks].map((value, index): Sample => ({ metric: 'm', value, at: AT - index * 7 * DAY - MINUTE })),
    ),
  })
  test.each([
    [80, null],
    [79, 'warning'],
    [50, 'warning'],
    [49, 'critical'],
  ])('%d against a median of 100: %s', (now, level) => {
    expect(judge(baseline, weekly(now, 90, 100, 110, 100))).toMatchObject([{ level, value: now / 100 }])
  })
  test('keeps a level until it has recovered', () => {
    expect(judge(baseline, { ...weekly(60, 100, 100), ...activeAt('critical') })).toMatchObject([{ level: 'critical' }])
    expect(judge(baseline, { ...weekly(71, 100, 100), ...activeAt('critical') })).toMatchObject([{ level: 'warning' }])
  })
  test('an outlier among the weeks does not move the norm', () => {
    expect(judge(baseline, weekly(90, 100, 100, 100_000))).toMatchObject([{ level: null, value: 0.9 }])
  })
  test.each([
    ['one week', weekly(1, 100), 'too few weeks'],
    ['little traffic', weekly(1, 9, 9), 'too little to compare with'],
    ['weeks of nothing', weekly(1, 0, 0), 'too little to compare with'],
  ])('says nothing after %s', (_name, given, reason) => {
    expect(judge({ ...baseline, minBaseline: 10 }, given)).toMatchObject([
      { kind: 'judged', level: null, reason: expect.stringContaining(reason) },
    ])
  })
  test('looks at the same window of the same weekday, and not at its neighbours', () => {
    const answerOf = answersOf([
      { metric: 'm', at: AT - MINUTE, value: 100 },
      { metric: 'm', at: AT - 7 * DAY - HOUR - 1, value: 999 },
      { metric: 'm', at: AT - 7 * DAY - HOUR, value: 100 },
      { metric: 'm', at: AT - 7 * DAY, value: 999 },
      { metric: 'm', at: AT - 14 * DAY - MINUTE, value: 100 },
    ])
    expect(judge(baseline, { answerOf })).toMatchObject([{ value: 1 }])
  })
})

describe('burn rate', () => {
  const burnRate: RuleCondition = {
    kind: 'burn_rate',
    slo: 'api',
    windows: [{ factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE }],
    minBadEvents: 2,
    level: 'critical',
  }
  const slos: RuleInputs['slos'] = new Map([
    [
      'api',
      {
        id: '',
        projectId: '',
        key: 'api',
        name: 'API',
        description: '',
        indicator: {
          kind: 'ratio',
          good: null,
          bad: { metric: 'bad', aggregate: 'sum' },
          total: { metric: 'all', aggregate: 'sum' },
        },
        method: 'occurrences',
        window: { kind: 'rolling', days: 30 },
        target: 0.999,
        slice: null,
      },
    ],
  ])
  /** One hundred requests a minute, of which so many were bad in the last so many minutes. */
  const traffic = (bad: number, minutes: number, agoMinutes = 0): Partial<RuleInputs> => ({
    slos,
    answerOf: answersOf(
      [
        ...minutely(
          'all',
          Array.from({ length: 60 }, () => 100),
        ),
        ...minutely('bad', [
          ...Array.from({ length: minutes }, () => bad),
          ...Array.from({ length: agoMinutes }, () => 0),
        ]),
      ],
      'counter',
    ),
  })
  test('holds from the factor on, over both windows', () => {
    // 14.4 times a budget of 0.1 % over an hour of 6,000 requests is 86.4 bad ones.
    expect(levelOf(judge(burnRate, traffic(9, 10)))).toEqual(['critical'])
    expect(levelOf(judge(burnRate, traffic(9, 9)))).toEqual([null])
  })
  test('is over when the short window is, though the long one is not', () => {
    expect(levelOf(judge(burnRate, traffic(100, 10, 4)))).toEqual(['critical'])
    expect(levelOf(judge(burnRate, traffic(100, 10, 5)))).toEqual([null])
  })
  test('does not page for fewer bad events than asked for', () => {
    expect(levelOf(judge({ ...burnRate, minBadEvents: 90 }, traffic(9, 10)))).toEqual(['critical'])
    expect(judge({ ...burnRate, minBadEvents: 91 }, traffic(9, 10))).toMatchObject([
      { level: null, reason: expect.stringContaining('90 bad events only, of 91') },
    ])
  })
  test.each<[string, readonly string[] | null, readonly string[]]>([
    ['of one monitor is about that monitor', ['api'], ['api']],
    ['of several monitors is about none of them', ['api', 'web'], []],
    ['of all monitors is about none, however few there are', null, []],
  ])('the budget %s', (_name, keys, group) => {
    const indicator = { kind: 'availability', monitors: { keys, tag: null }, counting: 'count' } as const
    const ofProbes = new Map([...slos].map(([key, slo]) => [key, { ...slo, indicator }]))
    expect(judge(burnRate, { slos: ofProbes, answerOf: answersOf([], 'gauge') })).toMatchObject([{ group }])
  })
  test('without events has no data, and without its SLO cannot be judged', () => {
    expect(levelOf(judge(burnRate, { slos }))).toEqual(['no_data'])
    expect(evaluateRule(ruleOf(burnRate), AT, inputsOf())).toMatchObject({ kind: 'failed' })
  })
})

describe('composite', () => {
  const firing = (...keys: string[]): Partial<RuleInputs> => ({
    firingGroupsOf: (key) => (keys.includes(key) ? [{ group: [], level: 'warning' }] : []),
  })
  const composite = (mode: 'all' | 'any'): RuleCondition => ({
    kind: 'composite',
    mode,
    rules: ['a', 'b'],
    level: 'critical',
  })
  test.each([
    ['all', [], null],
    ['all', ['a'], null],
    ['all', ['a', 'b'], 'critical'],
    ['any', [], null],
    ['any', ['b'], 'critical'],
    ['any', ['c'], null],
  ] as const)('%s of a and b, while %j fire: %s', (mode, keys, level) => {
    expect(levelOf(judge(composite(mode), firing(...keys)))).toEqual([level])
  })
})
