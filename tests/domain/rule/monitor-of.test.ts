import { describe, expect, test } from 'vitest'
import type { RuleCondition, ThresholdCondition } from '../../../lib/domain/rule/condition.ts'
import { lookBackOf } from '../../../lib/domain/rule/look-back.ts'
import { monitorOf } from '../../../lib/domain/rule/monitor-of.ts'
import type { Condition } from '../../../lib/domain/series/question.ts'
import { HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'

const ALL = { keys: null, tag: null }
const FAILURES: RuleCondition = { kind: 'consecutive_failures', monitors: ALL, failures: 2, level: 'critical' }
const EXPIRY: RuleCondition = { kind: 'expiry', monitors: ALL, warningDays: 14, criticalDays: 3 }
const BURN: RuleCondition = {
  kind: 'burn_rate',
  slo: 'api',
  windows: [
    { factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE },
    { factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
  ],
  minBadEvents: 2,
  level: 'critical',
}
const term = (metric: string, monitor?: Condition) => ({
  metric,
  aggregate: 'avg' as const,
  ...(monitor === undefined ? {} : { where: { monitor } }),
})

function threshold(of: Condition | undefined, per?: Condition | undefined | 'none'): ThresholdCondition {
  return {
    kind: 'threshold',
    source: { of: term('probe.success', of), ...(per === 'none' ? {} : { per: term('probe.success', per) }) },
    windowMs: 5 * MINUTE,
    operator: 'below',
    warning: null,
    critical: { value: 0.9, recovery: null },
    minCount: 0,
  }
}

describe('a rule and group is about', () => {
  test.each<[string, RuleCondition, string[], string[], string | null]>([
    ['the monitor whose failures are counted', FAILURES, [], ['api'], 'api'],
    ['no monitor where a certificate ends', EXPIRY, [], ['api'], null],
    ['the monitor that it is split by', threshold(undefined, 'none'), ['monitor'], ['api'], 'api'],
    [
      'the monitor among what it is split by',
      threshold(undefined, 'none'),
      ['region', 'monitor'],
      ['fra1', 'api'],
      'api',
    ],
    ['none where the group has no monitor', threshold(undefined, 'none'), ['monitor'], [''], null],
    ['the monitor that it is filtered to', threshold('api', 'none'), [], [], 'api'],
    ['the monitor that both sides are filtered to', threshold('api', 'api'), [], [], 'api'],
    ['none where the sides differ', threshold('api', 'web'), [], [], null],
    ['none where one side is of all', threshold('api', undefined), [], [], null],
    ['none where a prefix may be several', threshold({ prefix: 'api' }, 'none'), [], [], null],
    ['none where it is of all', threshold(undefined, 'none'), [], [], null],
    ['the monitor of what is absent', absence('api'), [], [], 'api'],
    ['the monitor whose budget burns', BURN, [], ['api'], 'api'],
    ['none where the budget of several burns', BURN, [], [], null],
  ])('%s', (_name, condition, groupBy, group, expected) => {
    expect(monitorOf({ condition, groupBy }, group)).toBe(expected)
  })
})

describe('what is over is in the sight of a rule for', () => {
  test.each<[string, RuleCondition, number, number, number]>([
    ['its window and two minutes', threshold('api', 'none'), 0, 0, 7],
    ['what it waits and keeps firing besides', threshold('api', 'none'), 3 * MINUTE, 10 * MINUTE, 20],
    ['two minutes where the next good probe ends it', FAILURES, 0, 0, 2],
    ['its longest short window where a budget burns, without which nothing does', BURN, 0, 0, 32],
    ['the time that nothing came', absence('api'), 0, 0, 17],
  ])('%s', (_name, condition, forMs, keepFiringForMs, minutes) => {
    expect(lookBackOf({ condition, forMs, keepFiringForMs })).toBe(minutes * MINUTE)
  })
})

function absence(monitor: string): RuleCondition {
  return { kind: 'absence', term: term('probe.success', monitor), windowMs: 15 * MINUTE, level: 'critical' }
}
