import { expect, test } from 'vitest'
import type { RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { evaluationOrder, findCycle, lookedAtRules } from '../../../lib/domain/rule/order.ts'

const rule = (key: string, ...rules: string[]): { key: string; condition: RuleCondition } => ({
  key,
  condition:
    rules.length === 0
      ? { kind: 'absence', term: { metric: 'm', aggregate: 'count' }, windowMs: 60_000, level: 'critical' }
      : { kind: 'composite', mode: 'all', rules, level: 'critical' },
})

test('rules come after those that they look at, otherwise by key', () => {
  const rules = [rule('a', 'c'), rule('d'), rule('c', 'b'), rule('b')]
  expect(evaluationOrder(rules).map(({ key }) => key)).toEqual(['b', 'd', 'c', 'a'])
})
test('a rule that looks at one that is not there waits for nobody', () => {
  expect(evaluationOrder([rule('a', 'gone')])).toHaveLength(1)
})
test('rules of a cycle are evaluated all the same, after the others', () => {
  const rules = [rule('a', 'b'), rule('b', 'a'), rule('c')]
  expect(evaluationOrder(rules).map(({ key }) => key)).toEqual(['c', 'a', 'b'])
})
test.each([
  ['itself', rule('a', 'a'), [], ['a', 'a']],
  ['each other', rule('a', 'b'), [rule('b', 'a')], ['a', 'b', 'a']],
  ['three', rule('a', 'd', 'b'), [rule('b', 'c'), rule('c', 'a'), rule('d')], ['a', 'b', 'c', 'a']],
  ['nobody', rule('a', 'b'), [rule('b', 'c'), rule('c')], null],
  ['a circle of others', rule('a', 'b'), [rule('b', 'c'), rule('c', 'b')], null],
])('a rule that looks at %s', (_name, one, others, cycle) => {
  expect(findCycle(one, others, lookedAtRules)).toEqual(cycle)
})
