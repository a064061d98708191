import { describe, expect, test } from 'vitest'
import { labelsOfRule } from '../../../lib/domain/mute/rule-labels.ts'
import { inhibitorOf } from '../../../lib/domain/notification/inhibit.ts'
import { firingAlertsOf, inhibitRulesOf } from '../../../lib/domain/notification/inhibit-rule.ts'
import type { Level, RuleCondition } from '../../../lib/domain/rule/condition.ts'
import type { AlertRule } from '../../../lib/domain/rule/rule.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { ruleOf } from '../rule/answers.ts'

const ABSENT: RuleCondition = {
  kind: 'absence',
  term: { metric: 'm', aggregate: 'count' },
  windowMs: MINUTE,
  level: 'critical',
}
const hostDown = ruleOf(ABSENT, { key: 'host-down', name: 'Host is down', groupBy: ['host'], labels: { region: 'eu' } })
const slow = (equal: string[], given: Partial<AlertRule> = {}) =>
  ruleOf(ABSENT, {
    key: 'slow',
    groupBy: ['host'],
    inhibitedBy: [
      { rule: 'database-down', equal: [] },
      { rule: 'host-down', equal },
    ],
    ...given,
  })

function inhibition(rule: AlertRule, level: Level, group: string[], firing: [host: string, level: Level][]) {
  const alerts = firingAlertsOf(
    hostDown,
    firing.map(([host, at]) => ({ group: [host], level: at })),
  )
  return inhibitorOf(inhibitRulesOf(rule), alerts)(labelsOfRule(rule, group, level))
}

describe('an alert of a rule that names another one is', () => {
  test.each<[string, AlertRule, Level, [string, Level][], boolean]>([
    ['told while that is well', slow(['host']), 'critical', [], false],
    ['inhibited while that fires for the same host', slow(['host']), 'critical', [['a', 'critical']], true],
    ['told while it fires for another host', slow(['host']), 'critical', [['b', 'critical']], false],
    ['inhibited by any alert of it where nothing must be equal', slow([]), 'critical', [['b', 'critical']], true],
    ['told while all that fires is less bad', slow(['host']), 'critical', [['a', 'warning']], false],
    ['inhibited as a warning by a warning', slow(['host']), 'warning', [['a', 'warning']], true],
    ['inhibited as a warning by what is worse', slow(['host']), 'warning', [['a', 'critical']], true],
    [
      'inhibited by one of several alerts of it',
      slow(['host']),
      'critical',
      [
        ['b', 'critical'],
        ['a', 'critical'],
      ],
      true,
    ],
    [
      'inhibited where a label of both rules is the same, too',
      slow(['host', 'region'], { labels: { region: 'eu' } }),
      'critical',
      [['a', 'critical']],
      true,
    ],
    ['told where only one of the rules has the label', slow(['region']), 'critical', [['a', 'critical']], false],
    ['inhibited where neither has what must be equal', slow(['zone']), 'critical', [['a', 'critical']], true],
    ['told where it names nothing', slow([], { inhibitedBy: [] }), 'critical', [['a', 'critical']], false],
  ])('%s', (_name, rule, level, firing, expected) => {
    expect(inhibition(rule, level, ['a'], firing).inhibited).toBe(expected)
  })

  test('not told with the name of what says more, and with what is the same', () => {
    expect(
      inhibition(slow(['host', 'region'], { labels: { region: 'eu' } }), 'critical', ['a'], [['a', 'critical']]),
    ).toEqual({
      inhibited: true,
      byId: 'host-down ["a"]',
      reason: 'not told while "Host is down" fires with the same host, region',
    })
    expect(inhibition(slow([]), 'warning', ['a'], [['b', 'critical']])).toMatchObject({
      reason: 'not told while "Host is down" fires',
    })
  })
})

describe('TestInhibiting of prometheus/alertmanager, which keeps instances quiet while their job is down', () => {
  const split = { groupBy: ['job', 'zone'] }
  const jobDown = ruleOf(ABSENT, { ...split, key: 'JobDown', name: 'JobDown' })
  const instanceDown = ruleOf(ABSENT, {
    ...split,
    key: 'InstanceDown',
    inhibitedBy: [{ rule: 'JobDown', equal: ['job', 'zone'] }],
  })
  const other = ruleOf(ABSENT, { ...split, key: 'test1' })
  const down = [{ group: ['testjob', 'aa'], level: 'critical' as const }]

  test.each<[string, AlertRule, string, typeof down, boolean]>([
    ['before its job is', instanceDown, 'aa', [], false],
    ['in the zone in which its job is down', instanceDown, 'aa', down, true],
    ['in another zone', instanceDown, 'ab', down, false],
    ['of a rule that names nothing', other, 'aa', down, false],
    ['once its job is well', instanceDown, 'aa', [], false],
  ])('%s', (_name, rule, zone, firing, expected) => {
    const labels = labelsOfRule(rule, ['testjob', zone], 'critical')
    expect(inhibitorOf(inhibitRulesOf(rule), firingAlertsOf(jobDown, firing))(labels).inhibited).toBe(expected)
  })
})
