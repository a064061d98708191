import { expect, test } from 'vitest'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { unwatchedReason } from '../../../lib/domain/rule/unwatched.ts'

const FAILURES: RuleCondition = {
  kind: 'consecutive_failures',
  monitors: { keys: null, tag: null },
  failures: 2,
  level: 'critical',
}
const EXPIRY: RuleCondition = { kind: 'expiry', monitors: { keys: null, tag: null }, warningDays: 14, criticalDays: 3 }
const ABSENCE: RuleCondition = {
  kind: 'absence',
  term: { metric: 'probe.success', aggregate: 'count' },
  windowMs: 900_000,
  level: 'critical',
}
const MONITORS = [
  { key: 'api', name: 'API', state: 'down' },
  { key: 'web', name: 'Web', state: 'paused' },
  { key: 'shop', name: 'Shop', state: 'maintenance' },
] as const

test.each<[string, RuleCondition, string[], string[], string | null]>([
  ['a monitor that is watched, however it is', FAILURES, [], ['api'], null],
  ['one that is paused', FAILURES, [], ['web'], 'Web is paused'],
  ['one under maintenance, whose alerts are kept quiet instead', FAILURES, [], ['shop'], null],
  ['one that was deleted', FAILURES, [], ['gone'], 'there is no monitor gone any more'],
  ['the certificate of one that was deleted', EXPIRY, [], ['gone'], 'there is no monitor gone any more'],
  ['a monitor that a rule is split by', ABSENCE, ['region', 'monitor'], ['fra1', 'web'], 'Web is paused'],
  ['a group of series without a monitor', ABSENCE, ['monitor'], [''], null],
  ['a group of anything else', ABSENCE, ['queue'], ['gone'], null],
  ['the one group of a rule that is not split', ABSENCE, [], [], null],
])('%s', (_name, condition, groupBy, group, expected) => {
  expect(unwatchedReason({ condition, groupBy }, group, MONITORS)).toBe(expected)
})
