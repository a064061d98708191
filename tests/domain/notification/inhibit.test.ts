import { describe, expect, test } from 'vitest'
import { type Labels, parseMatcher } from '../../../lib/domain/mute/matcher.ts'
import { type FiringAlert, type InhibitRule, inhibitorOf } from '../../../lib/domain/notification/inhibit.ts'

function rule(source: string[], target: string[], equal: string[] = ['e']): InhibitRule {
  return { source: source.map(matcher), target: target.map(matcher), equal }
}

function matcher(text: string) {
  const parsed = parseMatcher(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.matcher
}

function firing(...labels: Labels[]): FiringAlert[] {
  return labels.map((each, index) => ({ id: String(index), name: `alert ${index}`, labels: each }))
}

describe('TestInhibitRuleMatches of prometheus/alertmanager', () => {
  const inhibits = inhibitorOf(
    [rule(['s1="1"'], ['t1="1"']), rule(['s2="1"'], ['t2="1"'])],
    // The first is a source of the first rule, the second a source and a target of the second.
    firing({ s1: '1', t1: '2', e: '1' }, { s2: '1', t2: '1', e: '1' }),
  )
  test.each<[string, Labels, boolean]>([
    ['a target of the first', { t1: '1', e: '1' }, true],
    ['a target of the second', { t2: '1', e: '1' }, true],
    ['with other labels too', { t1: '1', t3: '1', e: '1' }, true],
    ['a target of both', { t1: '1', t2: '1', e: '1' }, true],
    ['no target', { t1: '0', e: '1' }, false],
    ['both sides of the first, whose source is only that', { s1: '1', t1: '1', e: '1' }, true],
    ['both sides of the second, as its source', { s2: '1', t2: '1', e: '1' }, false],
    ['another value of what must be equal', { t1: '1', e: '0' }, false],
  ])('%s', (_name, labels, expected) => {
    expect(inhibits(labels).inhibited).toBe(expected)
  })
})

describe('TestInhibitRuleMatchers, where a target is what does not match', () => {
  const inhibits = inhibitorOf(
    [rule(['s1="1"'], ['t1!="1"']), rule(['s2="1"'], ['t2="1"'])],
    firing({ s1: '1', t1: '2', e: '1' }, { s2: '1', t2: '1', e: '1' }),
  )
  test.each<[Labels, boolean]>([
    [{ t1: '1', e: '1' }, false],
    [{ t2: '1', e: '1' }, true],
    [{ t1: '1', t3: '1', e: '1' }, false],
    [{ t1: '1', t2: '1', e: '1' }, true],
    [{ t1: '0', e: '1' }, true],
    [{ s1: '1', t1: '1', e: '1' }, false],
    [{ s2: '1', t2: '1', e: '1' }, true],
    [{ t1: '1', e: '0' }, false],
  ])('%j: %s', (labels, expected) => {
    expect(inhibits(labels).inhibited).toBe(expected)
  })
})

describe('what must be equal', () => {
  test.each<[string, string[], Labels[], Labels, boolean]>([
    ['no source fires', ['a'], [], { t: '1', a: 'b' }, false],
    ['nothing must be equal: any source will do', [], [{ s: '1' }], { t: '1', a: 'b' }, true],
    ['all of them are', ['a', 'b'], [{ s: '1', a: 'b', b: 'c' }], { t: '1', a: 'b', b: 'c' }, true],
    ['one is not', ['a', 'b'], [{ s: '1', a: 'b', b: 'f' }], { t: '1', a: 'b', b: 'c' }, false],
    ['missing on both sides is equal', ['a'], [{ s: '1' }], { t: '1' }, true],
    ['missing is the same as empty', ['a'], [{ s: '1', a: '' }], { t: '1' }, true],
    ['missing is not the same as anything else', ['a'], [{ s: '1', a: 'x' }], { t: '1' }, false],
    ['several values in another order', ['tag'], [{ s: '1', tag: ['x', 'y'] }], { t: '1', tag: ['y', 'x'] }, true],
    ['a name that every object has', ['toString'], [{ s: '1' }], { t: '1', toString: 'x' }, false],
  ])('%s', (_name, equal, sources, labels, expected) => {
    expect(inhibitorOf([rule(['s="1"'], ['t="1"'], equal)], firing(...sources))(labels).inhibited).toBe(expected)
  })
})

test('an inhibition names the alert that is to blame', () => {
  const [source] = firing({ s: '1', e: 'f' })
  if (source === undefined) throw new Error('no source')
  const inhibits = inhibitorOf([rule(['s="1"'], ['t="1"'])], [{ ...source, name: 'checkout is down' }])
  expect(inhibits({ t: '1', e: 'f' })).toEqual({
    inhibited: true,
    byId: '0',
    reason: 'not told while "checkout is down" fires with the same e',
  })
})
