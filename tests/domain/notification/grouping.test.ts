import { describe, expect, test } from 'vitest'
import { belongsTo, type GroupedRule, groupingOf } from '../../../lib/domain/notification/grouping.ts'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { ruleOf } from '../rule/answers.ts'

const QUEUES: RuleCondition = {
  kind: 'absence',
  term: { metric: 'queue.length', aggregate: 'count' },
  windowMs: MINUTE,
  level: 'critical',
}
const CERTIFICATE: RuleCondition = {
  kind: 'expiry',
  monitors: { keys: null, tag: null },
  warningDays: 14,
  criticalDays: 3,
}

function rule(given: Partial<GroupedRule> = {}): GroupedRule {
  return ruleOf(QUEUES, given)
}

describe('what alerts have in common is', () => {
  test.each<[string, Record<string, string>, string[], string[], string | null, string | null]>([
    ['the service in the labels of the rule', { service: 'shop' }, [], [], 'go-live', 'service shop'],
    ['the service that it is split by', {}, ['service.name'], ['shop'], null, 'service shop'],
    ['the pack where no service is named', { team: 'web' }, ['queue'], ['mail'], 'go-live', 'pack go-live'],
    ['nothing for a rule of one’s own', {}, [], [], null, null],
    ['nothing for an alert about a monitor', { service: 'shop' }, ['monitor'], ['checkout'], 'go-live', null],
  ])('%s', (_name, labels, groupBy, group, pack, expected) => {
    expect(groupingOf(rule({ labels, groupBy }), group, pack)).toBe(expected)
  })

  test('nothing where a certificate ends', () => {
    expect(groupingOf(rule({ condition: CERTIFICATE }), ['checkout'], 'go-live')).toBeNull()
  })
})

describe('alerts whose people say what incidents are grouped by', () => {
  const eu = rule({ key: 'eu', labels: { region: 'eu', service: 'shop' }, incidentBy: ['region'] })
  const byRegion = (key: string, region: string) => rule({ key, labels: { region }, incidentBy: ['region'] })
  const split = rule({ key: 'split', groupBy: ['region', 'host'], incidentBy: ['region'] })
  const both = (names: string[]) => rule({ key: 'both', labels: { region: 'eu', service: 'shop' }, incidentBy: names })
  const alone = rule({ key: 'alone', groupBy: ['queue'], labels: { region: 'eu' }, incidentBy: [] })

  test.each<[string, [GroupedRule, string[]], [GroupedRule, string[]], boolean]>([
    ['share one where the values are the same', [eu, []], [byRegion('other', 'eu'), []], true],
    ['share none where a value differs', [eu, []], [byRegion('other', 'us'), []], false],
    ['have values by the labels of the rule and by what splits it alike', [eu, []], [split, ['eu', 'a']], true],
    ['share one over groups of one rule', [split, ['eu', 'a']], [split, ['eu', 'b']], true],
    ['share none over groups of one rule that differ in it', [split, ['eu', 'a']], [split, ['us', 'a']], false],
    ['count what is not there as empty', [byRegion('one', ''), []], [rule({ incidentBy: ['region'] }), []], true],
    [
      'share one in whatever order the names are listed',
      [both(['service', 'region']), []],
      [both(['region', 'service', 'region']), []],
      true,
    ],
    ['share none with other names of equal values', [both(['service', 'region']), []], [eu, []], false],
    [
      'share nothing by service with a rule that leaves it open',
      [rule({ labels: { service: 'shop' } }), []],
      [eu, []],
      false,
    ],
    ['share nothing by pack or series with a rule that leaves it open', [rule(), []], [eu, []], false],
    ['are joined by none that leaves it open either', [eu, []], [rule(), []], false],
    ['that stand alone share with no other rule', [alone, ['mail']], [eu, []], false],
    ['that stand alone share with no other group', [alone, ['mail']], [alone, ['jobs']], false],
    [
      'of certificates share one, too',
      [rule({ key: 'c', condition: CERTIFICATE, labels: { team: 'a' }, incidentBy: ['team'] }), ['x']],
      [rule({ key: 'd', labels: { team: 'a' }, incidentBy: ['team'] }), []],
      true,
    ],
  ])('%s', (_name, [first, firstGroup], [second, secondGroup], expected) => {
    const grouping = groupingOf(first, firstGroup, 'go-live')
    const rules = [{ key: first.key, looksAt: { metric: 'queue.length' } }]
    expect(belongsTo({ grouping, rules }, second, secondGroup, 'go-live')).toBe(expected)
  })

  test('about one monitor belong to that, whatever is said', () => {
    const about = rule({ groupBy: ['monitor'], labels: { region: 'eu' }, incidentBy: ['region'] })
    expect(groupingOf(about, ['checkout'], null)).toBeNull()
    expect(belongsTo({ grouping: groupingOf(eu, [], null), rules: [] }, about, ['checkout'], null)).toBe(false)
  })
})
