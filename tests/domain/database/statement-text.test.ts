import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shortenStatement } from '../../../lib/domain/database/statement-text.ts'

describe('a statement is shown without what is in it', () => {
  test.each([
    ["select * from users where mail = 'ann@example.com'", 'select * from users where mail = ?'],
    ["select 'it''s', E'a\\'b', U&'x', N'y', B'01'", 'select ?, ?, ?, ?, ?'],
    ['select 1, 1.5, .5, 2e10, -3, 0x1F', 'select ?, ?, ?, ?, -?, ?'],
    ['select $1, col2, t.c3 from t1', 'select $1, col2, t.c3 from t1'],
    ['do $body$ begin perform 1; end $body$ language plpgsql', 'do ? language plpgsql'],
    ['select $$secret$$', 'select ?'],
    ["select /* user 7 */ 1 -- for 'ann'\nfrom t", 'select ? from t'],
    [`select "it's" from "t"`, `select "it's" from "t"`],
    ["alter role app password 'hunter2", 'alter role app password ?'],
    ['  select\n\n  a\t from b ', 'select a from b'],
  ])('%s', (given, expected) => {
    expect(shortenStatement(given)).toBe(expected)
  })
  test('no quoted text is ever shown, wherever it stands and however it was cut', () => {
    const piece = fc.constantFrom(
      'select a',
      ' from "t"',
      ' where x =',
      ' and',
      ', ',
      ' $$ body $$',
      ' -- note\n',
      ' 12',
    )
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), fc.nat(30), (head, tail, cut) => {
        const sql = `${head.join('')} 'SECRETVALUE'${tail.join('')}`
        expect(shortenStatement(sql)).not.toContain('SECRET')
        const cutInside = `${head.join('')} 'SECRETVALUE'`.slice(0, -1 - (cut % 5))
        expect(shortenStatement(cutInside)).not.toContain('SECRET')
      }),
    )
  })
  test('at most 200 characters, and never more than a moment for a long one', () => {
    expect(shortenStatement(`select ${'a, '.repeat(200)}`)).toHaveLength(200)
    expect(shortenStatement("'".repeat(100_001)).length).toBeLessThanOrEqual(200)
    expect(shortenStatement('/*'.repeat(50_000)).length).toBeLessThanOrEqual(200)
  })
})
