import { describe, expect, test } from 'vitest'
import { type AlertState, evolveAlert } from '../../../lib/domain/alert/life-cycle.ts'
import { policyOf } from '../../../lib/domain/alert/policy.ts'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { type Letter, nameOf, outcomeOf, PLAIN, T0, walk } from './outcomes.ts'

const letters = (text: string) => [...text] as Letter[]

describe('what is gone', () => {
  const policy = { ...PLAIN, noData: 'keep', keepFiringForMs: HOUR } as const
  const gone = { kind: 'gone', reason: 'there is no monitor api any more' } as const
  test('ends at once, though silence keeps alerts and they would keep firing, and nothing of it is remembered', () => {
    const fired = evolveAlert(null, outcomeOf('c'), T0, policy)
    expect(fired.to).toBe('critical')
    const ended = evolveAlert(fired.state, gone, T0 + MINUTE, policy)
    expect(ended).toMatchObject({ from: 'critical', to: null, turned: 'better', state: null })
    expect(ended.transitions).toMatchObject([{ op: 'resolve' }])
    expect(ended.reason).toContain('there is no monitor api any more')
  })
  test('and was never seen is nothing', () => {
    expect(evolveAlert(null, gone, T0, policy)).toMatchObject({ state: null, to: null, transitions: [] })
  })
})

describe('two levels, one alert', () => {
  test.each([
    ['critical at once, then well', 'c-', 0, { 0: 'fire critical', 1: 'resolve' }],
    ['warning grows critical', 'wc', 0, { 0: 'fire warning', 1: 'warning to critical' }],
    ['critical becomes a warning', 'cw-', 0, { 0: 'fire critical', 1: 'critical to warning', 2: 'resolve' }],
    [
      'each level waits for itself',
      'wwccc',
      2,
      { 0: 'pend warning', 2: 'pend critical, fire warning', 4: 'warning to critical' },
    ],
    [
      'a critical value counts for the warning too',
      'wcc',
      2,
      { 0: 'pend warning', 1: 'pend critical', 2: 'fire warning' },
    ],
    ['both at once are told as the worse', 'ccc', 2, { 0: 'pend critical', 2: 'fire critical' }],
    ['what only waited ends without a word', 'cc-', 2, { 0: 'pend critical' }],
    [
      'a level that only waited does not change the alert',
      'wwwcw',
      2,
      { 0: 'pend warning', 2: 'fire warning', 3: 'pend critical' },
    ],
    ['firing again is a new alert', 'c-c', 0, { 0: 'fire critical', 1: 'resolve', 2: 'fire critical' }],
  ] as const)('%s', (_name, text, forMinutes, expected) => {
    expect(walk(letters(text), { forMs: forMinutes * MINUTE }).transitions).toEqual(expected)
  })

  test('the alert dates from when its condition began, not from when it had waited', () => {
    const { state } = walk(letters('cc'), { forMs: 2 * MINUTE })
    const fired = evolveAlert(state, outcomeOf('c'), T0 + 2 * MINUTE, { ...PLAIN, forMs: 2 * MINUTE })
    expect(fired.transitions).toEqual([{ op: 'fire', level: 'critical', startedAt: T0, reason: 'found c, for 2 min' }])
  })

  test('a longer for does not take back what fires', () => {
    const { state } = walk(letters('cc'), { forMs: MINUTE })
    const longer = evolveAlert(state, outcomeOf('c'), T0 + 2 * MINUTE, { ...PLAIN, forMs: HOUR })
    expect(longer).toMatchObject({ to: 'critical', transitions: [] })
  })

  test('kept firing, it keeps its level, and says until when', () => {
    const kept = { ...PLAIN, keepFiringForMs: 5 * MINUTE }
    const { state } = walk(letters('c'), kept)
    const step = evolveAlert(state, outcomeOf('-'), T0 + MINUTE, kept)
    expect(step).toMatchObject({ to: 'critical', transitions: [] })
    expect(step.reason).toBe('found -; keeps firing until it has been so for 5 min')
    expect(walk(letters('c-----'), kept).transitions).toEqual({ 0: 'fire critical' })
    expect(walk(letters('c------'), kept).transitions).toEqual({ 0: 'fire critical', 6: 'resolve' })
  })
})

describe('an error', () => {
  test.each(['-', 'w', 'c'] as const)('after %s changes nothing', (letter) => {
    const { state } = walk([letter], { forMs: letter === 'w' ? HOUR : 0 })
    const step = evolveAlert(state, outcomeOf('x'), T0 + MINUTE, PLAIN)
    expect(step).toMatchObject({ transitions: [], reason: 'could not be evaluated: the read timed out' })
    expect({ ...step.state, evaluatedAt: T0 }).toEqual(state)
  })
  test('of whatever length does not hold up what was waiting', () => {
    expect(walk(letters('cxxxxxxxxc'), { forMs: 9 * MINUTE }).transitions).toEqual({
      0: 'pend critical',
      9: 'fire critical',
    })
  })
  test('of something never seen remembers nothing', () => {
    expect(evolveAlert(null, outcomeOf('x'), T0, PLAIN).state).toBeNull()
  })
})

describe('no data', () => {
  test.each([
    ['resolve', 'cn', { 0: 'fire critical', 1: 'resolve' }],
    ['resolve', 'ca', { 0: 'fire critical', 1: 'resolve' }],
    ['keep', 'cnn-', { 0: 'fire critical', 3: 'resolve' }],
    ['keep', 'caa', { 0: 'fire critical' }],
    ['keep', '-nc', { 2: 'fire critical' }],
    ['alert', '-nn-', { 1: 'fire critical', 3: 'resolve' }],
    ['alert', '-a', { 1: 'fire critical' }],
    ['alert', 'wn', { 0: 'fire warning', 1: 'warning to critical' }],
  ] as const)('with %s, %s', (noData, text, expected) => {
    expect(walk(letters(text), { noData }).transitions).toEqual(expected)
  })

  test('alerts at the worst level that the rule has, after its for, and says since when there is none', () => {
    const policy = { ...PLAIN, forMs: 2 * MINUTE, noData: 'alert', worstLevel: 'warning' } as const
    const since = T0 + 30_000
    const silence = { kind: 'no_data', group: [], since, reason: 'no samples' } as const
    const { state } = evolveAlert(walk(letters('-')).state, silence, T0 + MINUTE, policy)
    // What only knows its window would have it begin later by the minute.
    const later = { ...silence, since: since + 2 * MINUTE }
    const step = evolveAlert(state, later, T0 + 3 * MINUTE, policy)
    expect(step.transitions).toEqual([
      {
        op: 'fire',
        level: 'warning',
        startedAt: T0 + MINUTE,
        reason: 'no data since 2026-11-23 09:00 UTC, which this rule alerts on, for 2 min',
      },
    ])
    expect(step.state?.noDataSince).toBe(since)
  })

  test('is remembered as such where it is taken for well, and ends with the next value', () => {
    const { state } = walk(letters('-nn'))
    expect(state?.noDataSince).toBe(T0 + MINUTE)
    const step = evolveAlert(state, outcomeOf('-'), T0 + 3 * MINUTE, PLAIN)
    expect(step).toMatchObject({ state: { noDataSince: null }, reason: 'found -' })
  })

  test('dates from the first evaluation where none ever came', () => {
    expect(evolveAlert(null, outcomeOf('n'), T0, PLAIN).reason).toBe(
      'no data since 2026-11-23 09:00 UTC, which this rule takes for well',
    )
  })
})

describe('what is remembered', () => {
  const silent = (group: string[], at: number, state: AlertState | null = null) =>
    evolveAlert(state, { kind: 'no_data', group, since: T0, reason: 'no samples' }, at, PLAIN).state

  test('a group that is well is remembered, so that its silence can be told', () => {
    expect(walk(letters('-')).state).not.toBeNull()
  })
  test('one that is not asked for any more is forgotten once nothing is open and it has not turned lately', () => {
    expect(walk(letters('-a')).state).toBeNull()
    expect(walk(letters('ca')).state).not.toBeNull()
    expect(walk(letters(`c${'a'.repeat(20)}`)).state).toBeNull()
    expect(walk(letters('ca'), { noData: 'keep' }).state).not.toBeNull()
  })
  test('one of several groups is forgotten after a day of silence, the only one never', () => {
    expect(silent(['/checkout'], T0 + DAY - 1)).not.toBeNull()
    expect(silent(['/checkout'], T0 + DAY)).toBeNull()
    expect(silent([], T0 + 30 * DAY)).not.toBeNull()
  })
})

describe('flapping', () => {
  const flappings = (text: string, policy = PLAIN) => {
    const seen: string[] = []
    let state: AlertState | null = null
    for (const [index, letter] of letters(text).entries()) {
      const step = evolveAlert(state, outcomeOf(letter), T0 + index * MINUTE, policy)
      state = step.state
      if (step.flapping !== 'none') seen.push(`${index} ${step.flapping}`)
    }
    return seen
  }
  test('begins with the third alert within the window, once, and ends after five calm minutes', () => {
    expect(flappings('c-c-c-----')).toEqual(['4 started', ...[5, 6, 7, 8, 9].map((index) => `${index} ongoing`)])
    expect(flappings('c-c-c------').at(-1)).toBe('10 stabilised')
    expect(flappings('c-c-')).toEqual([])
  })
  test('counts a rise from warning to critical as a turn', () => {
    expect(flappings('wcwc')).toEqual(['3 started'])
  })
  test('takes longer to see, and to trust, where a rule waits before it fires', () => {
    const waits = { ...PLAIN, forMs: 5 * MINUTE }
    const once = `${'c'.repeat(6)}-`
    expect(flappings(once.repeat(3), waits)).toEqual(['19 started', '20 ongoing'])
    expect(flappings(`${once.repeat(3)}${'-'.repeat(30)}`, waits).at(-1)).toBe('50 stabilised')
  })
  test('does not hide a transition: who is told is decided after it', () => {
    expect(Object.values(walk(letters('c-c-c-c-')).transitions)).toEqual(
      Array.from({ length: 4 }, () => ['fire critical', 'resolve']).flat(),
    )
  })
})

test('a change that was confirmed later dates from its first sign', () => {
  const sign = T0 - 20_000
  const step = evolveAlert(null, outcomeOf('c'), T0, PLAIN, sign)
  expect(step.transitions).toMatchObject([{ op: 'fire', startedAt: sign }])
  expect(step.state).toMatchObject({ sinceAt: sign, turns: [sign], evaluatedAt: T0 })
})

test('transitions are named in the order in which they happened', () => {
  const { state } = walk(letters('ww'), { forMs: 2 * MINUTE })
  const step = evolveAlert(state, outcomeOf('c'), T0 + 2 * MINUTE, { ...PLAIN, forMs: 2 * MINUTE })
  expect(step.transitions.map(nameOf)).toEqual(['pend critical', 'fire warning'])
})

describe('the policy of a rule', () => {
  const source = { of: { metric: 'm', aggregate: 'avg' as const } }
  const limit = { value: 1, recovery: null }
  const limits = { operator: 'above' as const, warning: limit, critical: limit }
  const absence: RuleCondition = { kind: 'absence', term: source.of, windowMs: MINUTE, level: 'warning' }
  const monitors = { keys: null, tag: null }
  test.each<[string, RuleCondition, 'warning' | 'critical']>([
    ['both limits', { kind: 'threshold', source, windowMs: MINUTE, minCount: 0, ...limits }, 'critical'],
    [
      'a warning only',
      { kind: 'threshold', source, windowMs: MINUTE, minCount: 0, ...limits, critical: null },
      'warning',
    ],
    ['a level of its own', absence, 'warning'],
    ['expiry with a warning only', { kind: 'expiry', monitors, warningDays: 14, criticalDays: null }, 'warning'],
    ['expiry', { kind: 'expiry', monitors, warningDays: 14, criticalDays: 3 }, 'critical'],
  ])('%s: the worst it can reach', (_name, condition, worstLevel) => {
    const rule = { forMs: 1, keepFiringForMs: 2, noData: 'alert' as const, condition }
    expect(policyOf(rule)).toEqual({ forMs: 1, keepFiringForMs: 2, noData: 'alert', intervalMs: MINUTE, worstLevel })
  })
})
