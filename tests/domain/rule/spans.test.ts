import { expect, test } from 'vitest'
import { evaluateRule } from '../../../lib/domain/rule/evaluate.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'
import { spanKeyOf, spansOf } from '../../../lib/domain/rule/spans.ts'
import type { Span } from '../../../lib/domain/series/figures.ts'
import type { Slo } from '../../../lib/domain/slo/slo.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { AT, figuresOf, inputsOf, ruleOf } from './answers.ts'

const SLO: Slo = {
  id: '',
  projectId: '',
  key: 'api',
  name: 'API',
  description: '',
  indicator: { kind: 'availability', monitors: { keys: ['a'], tag: null }, counting: 'count' },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.99,
  slice: null,
}

test.each([
  ['avg(x) > 1', 1],
  ['sum(x) / sum(y) > 1', 2],
  ['absent(x) for 10m', 1],
  ['sum(x) < 0.5x usual of 6 weeks', 7],
  ['sum(x) / sum(y) < 0.5x usual', 10],
  ['unusual(avg(x))', 1 + 337 + 360],
  ['burn(api) 14.4x over 1h and 5m or 6x over 1h and 30m', 3],
  ['3 failures in a row of *', 0],
  ['certificate of * expires in 14d', 0],
  ['any(a)', 0],
])('an evaluation of %s asks for the spans that were named in advance, and no others', (line, count) => {
  const read = parseOneLine(line)
  if (!read.ok) throw new Error(read.error.message)
  const slos = new Map([['api', SLO]])
  for (const groupBy of line.startsWith('burn') ? [[]] : [[], ['host']]) {
    const rule = ruleOf(read.rule.condition, { groupBy })
    const named = new Set(spansOf(rule, AT, slos).map(spanKeyOf))
    expect(named.size).toBe(count)
    const asked = new Set<string>()
    const answerOf = (span: Span) => {
      asked.add(spanKeyOf(span))
      return [{ group: groupBy.map(() => 'one'), figures: figuresOf({ at: AT - MINUTE, value: 1 }) }]
    }
    evaluateRule(rule, AT, inputsOf({ answerOf, slos }))
    expect(asked).toEqual(named)
  }
})

test('a span has one key however its conditions are ordered, and another where its figures may differ', () => {
  const span: Span = {
    term: { metric: 'm', aggregate: 'avg', where: { a: '1', b: '2' } },
    groupBy: [],
    from: 0,
    until: 1,
  }
  const term = (given: Partial<Span['term']>): Span => ({ ...span, term: { ...span.term, ...given } })
  expect(spanKeyOf(term({ where: { b: '2', a: '1' } }))).toBe(spanKeyOf(span))
  expect(spanKeyOf(term({ aggregate: 'max' }))).toBe(spanKeyOf(span))
  const others = [
    term({ aggregate: 'p95' }),
    term({ where: { a: '1' } }),
    { ...span, until: 2 },
    { ...span, groupBy: ['a'] },
  ]
  expect(new Set([span, ...others].map(spanKeyOf)).size).toBe(5)
})
