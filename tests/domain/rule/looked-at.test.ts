import { describe, expect, test } from 'vitest'
import { type LookedAt, lookedAtBy, mayShareSeries } from '../../../lib/domain/rule/looked-at.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'

function lookedAt(line: string): LookedAt | null {
  const read = parseOneLine(line)
  if (!read.ok) throw new Error(`${line}: ${read.error.message}`)
  return lookedAtBy(read.rule.condition)
}

describe('rules look at the same series', () => {
  test.each([
    ['avg(a) > 1', 'p95(a) > 2', true],
    ['avg(a) > 1', 'avg(b) > 1', false],
    ['sum(a{status="5*"}) / sum(a) > 1%', 'sum(a{status="5*"}) > 10', true],
    ['sum(a{status="5*"}) / sum(a) > 1%', 'p95(a) > 2', true],
    ['sum(a{status="5*"}) > 1', 'sum(a{status="500"}) > 1', true],
    ['sum(a{status="500"}) > 1', 'sum(a{status="5*"}) > 1', true],
    ['sum(a{status="5*"}) > 1', 'sum(a{status="4*"}) > 1', false],
    ['sum(a{status="5*"}) > 1', 'sum(a{status="404"}) > 1', false],
    ['sum(a{status="50*"}) > 1', 'sum(a{status="5*"}) > 1', true],
    ['sum(a{route="/x"}) > 1', 'sum(a{route="/y"}) > 1', false],
    ['sum(a{route="/x"}) > 1', 'sum(a{method="GET"}) > 1', true],
    ['sum(a{route=null}) > 1', 'sum(a{route="/y"}) > 1', false],
    ['sum(a{route=null}) > 1', 'sum(a{route=null}) > 1', true],
    // What is counted says what is wrong, and not what it is a share of.
    ['sum(a) / sum(b) > 1', 'sum(b) > 1', false],
    ['absent(a) for 10m', 'unusual(sum(a)) down', true],
  ])('%s and %s: %s, whichever comes first', (one, other, expected) => {
    const [a, b] = [lookedAt(one), lookedAt(other)]
    if (a === null || b === null) throw new Error('it looks at nothing')
    expect([mayShareSeries(a, b), mayShareSeries(b, a)]).toEqual([expected, expected])
  })

  test.each([
    '3 failures in a row of *',
    'certificate of * expires in 14d',
    'burn(api) 14.4x over 1h and 5m',
    'any(a, b)',
  ])('%s looks at none of its own', (line) => {
    expect(lookedAt(line)).toBeNull()
  })
})
