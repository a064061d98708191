import { describe, expect, test } from 'vitest'
import type { AnomalyMemory } from '../../../lib/domain/rule/anomaly-memory.ts'
import type { AnomalyCondition } from '../../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import type { GroupOutcome } from '../../../lib/domain/rule/outcome.ts'
import type { AnswerOf } from '../../../lib/domain/series/figures.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'
import { figuresOf, inputsOf, ruleOf } from './answers.ts'

const START = Date.UTC(2026, 0, 5)
const condition: AnomalyCondition = {
  kind: 'anomaly',
  source: { of: { metric: 'm', aggregate: 'avg' } },
  windowMs: HOUR,
  season: 'hour_of_day',
  direction: 'both',
  sensitivity: 1,
  cooldownMs: DAY,
  level: 'warning',
}

/** A day that goes up and down between 50 and 150, with a wobble of its own for each hour. */
function usual(at: Instant): number {
  const hour = Math.floor((at - START) / HOUR)
  return 100 + 50 * Math.sin((hour / 24) * 2 * Math.PI) + ((hour * 7919) % 11) - 5
}

/** One sample an hour in the middle of it, as a function of the hour's beginning. */
const answering =
  (valueAt: (at: Instant) => number): AnswerOf =>
  ({ from, until }) => {
    const hourAt = Math.floor((until - 1) / HOUR) * HOUR
    const at = hourAt + 30 * MINUTE
    const isIn = hourAt >= START && at >= from && at < until
    return isIn ? [{ group: [], figures: figuresOf({ at, value: valueAt(hourAt) }) }] : []
  }

function judge(
  at: Instant,
  valueAt: (at: Instant) => number,
  given: Partial<AnomalyCondition> = {},
  memory: AnomalyMemory | null = null,
): GroupOutcome & { kind: 'judged' } {
  const rule = ruleOf({ ...condition, ...given })
  const outcome = evaluateRule(rule, at, inputsOf({ answerOf: answering(valueAt), memoryOf: () => memory }))
  const [group] = outcome.kind === 'evaluated' ? outcome.groups : []
  if (group?.kind !== 'judged') throw new Error(JSON.stringify(outcome))
  return group
}

const AT = START + 20 * DAY + 12 * HOUR
const withPeak = (peakAt: Instant, value: number) => (at: Instant) => (at === peakAt ? value : usual(at))

test('what is usual for its hour is not unusual, whatever the hour', () => {
  for (let hour = 0; hour < 24; hour += 1) expect(judge(AT + hour * HOUR, usual).level).toBeNull()
})

test('what is usual at another hour is unusual at this one', () => {
  const peak = usual(START + 6 * HOUR)
  expect(judge(START + 20 * DAY + 19 * HOUR, withPeak(START + 20 * DAY + 18 * HOUR, peak)).level).toBe('warning')
})

describe('a direction', () => {
  test.each([
    ['up', 500, 'warning'],
    ['up', 0, null],
    ['down', 0, 'warning'],
    ['down', 500, null],
    ['both', 500, 'warning'],
    ['both', 0, 'warning'],
  ] as const)('%s, and %d where 100 is usual: %s', (direction, value, level) => {
    expect(judge(AT, withPeak(AT - HOUR, value), { direction }).level).toBe(level)
  })
})

describe('the limit that is drawn', () => {
  const at = AT - 20 * MINUTE
  const peaked = (value: number, given: Partial<AnomalyCondition>) => judge(at, withPeak(AT - HOUR, value), given)

  test.each(['up', 'down', 'both'] as const)('is where a value begins to be unusual (%s)', (direction) => {
    const limit = peaked(usual(AT - HOUR), { direction }).limit
    if (limit === null) throw new Error('no limit')
    const outward = direction === 'down' || (direction === 'both' && limit < usual(AT - HOUR)) ? -1 : 1
    expect(peaked(limit + outward, { direction }).level).toBe('warning')
    expect(peaked(limit - outward, { direction }).level).toBeNull()
  })

  test('is nearer, the more sensitive the rule is, and unknown without a history', () => {
    const far = peaked(500, { sensitivity: 1 }).limit ?? 0
    const near = peaked(500, { sensitivity: 2 }).limit ?? 0
    expect(near).toBeLessThan(far)
    expect(judge(START + 5 * HOUR, usual).limit).toBeNull()
  })
})

test('it speaks up at less, the more sensitive it is', () => {
  const value = usual(AT - HOUR) + 25
  expect(judge(AT, withPeak(AT - HOUR, value), { sensitivity: 0.5 }).level).toBeNull()
  expect(judge(AT, withPeak(AT - HOUR, value), { sensitivity: 3 }).level).toBe('warning')
})

test('an episode lasts until it is half as unusual as when it began', () => {
  const rule = ruleOf(condition)
  const memory = judge(AT, usual).memory ?? null
  const levelAt = (value: number, isActive: boolean) => {
    const inputs = inputsOf({
      answerOf: answering(withPeak(AT - HOUR, value)),
      memoryOf: () => memory,
      ...(isActive ? { activeLevelOf: () => 'warning' as const } : {}),
    })
    const outcome = evaluateRule(rule, AT, inputs)
    const [group] = outcome.kind === 'evaluated' ? outcome.groups : []
    return group?.kind === 'judged' ? group.level : 'nothing'
  }
  const limit = usual(AT - HOUR)
  const value =
    Array.from({ length: 200 }, (_, index) => limit + index).findLast((one) => levelAt(one, false) === null) ?? limit
  expect(levelAt(value, true)).toBe('warning')
  expect(levelAt(limit + (value - limit) * 0.3, true)).toBeNull()
})

test('a series that has such extremes often is not unusual for the next one', () => {
  const restless = (at: Instant) => (((at - START) / HOUR) % 31 === 0 ? 400 : usual(at))
  const next = START + Math.floor((AT - START) / HOUR / 31) * 31 * HOUR
  expect(judge(next + HOUR, restless).level).toBeNull()
})

test('too little history is no verdict, and says so', () => {
  const outcome = judge(START + DAY, withPeak(START + DAY - HOUR, 10_000))
  expect(outcome).toMatchObject({ level: null, reason: expect.stringContaining('too little history') })
})

test('it does not look ahead: what comes later changes nothing', () => {
  const later = (at: Instant) => (at >= AT ? 1e6 : usual(at))
  expect(judge(AT, later)).toEqual(judge(AT, usual))
})

describe('after an episode', () => {
  const first = AT - HOUR
  const second = (value: number) => (at: Instant) => (at === first ? 500 : at === first + 10 * HOUR ? value : usual(at))
  test('it rests from what is less unusual', () => {
    expect(judge(first + 11 * HOUR, second(300)).level).toBeNull()
  })
  test('it speaks up for what is more so', () => {
    expect(judge(first + 11 * HOUR, second(5_000)).level).toBe('warning')
  })
  test('it speaks up again when it has rested', () => {
    expect(judge(first + 11 * HOUR, second(300), { cooldownMs: 3 * HOUR }).level).toBe('warning')
  })
})

describe('memory', () => {
  const lively = (at: Instant) => usual(at) + (((at / HOUR) * 104_729) % 17) * ((at / HOUR) % 37 === 0 ? 12 : 1)
  test('is what is found without it, hour after hour and after a gap', () => {
    let memory: AnomalyMemory | null = null
    for (const hours of [0, 1, 2, 3, 10, 11, 40, 41, 900, 901]) {
      const at = AT + hours * HOUR
      const remembered = judge(at, lively, {}, memory)
      expect(remembered).toEqual(judge(at, lively))
      memory = remembered.memory ?? null
    }
  })
  test('stays the same within an hour, is plain JSON and at most 10 kB', () => {
    const memory = judge(AT, lively).memory ?? null
    expect(judge(AT + 59 * MINUTE, lively, {}, memory).memory).toBe(memory)
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory)
    expect(JSON.stringify(memory).length).toBeLessThan(10_000)
  })
})

test('a reason says what is, what is usual and how unusual that is', () => {
  expect(judge(AT, withPeak(AT - HOUR, 500)).reason).toMatch(
    /^avg of m over 1 h is 500, 1\d\d? is usual at this hour: [\d.]+ times its recent extremes$/,
  )
})
