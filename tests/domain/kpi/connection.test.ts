import { describe, expect, it } from 'vitest'
import { parseConnection } from '../../../lib/domain/kpi/connection.ts'
import { readFigure } from '../../../lib/domain/kpi/reading.ts'

describe('a connection string', () => {
  it.each<[string, object]>([
    [
      'postgres://ann:secret@db.example.com/shop',
      { host: 'db.example.com', port: 5432, database: 'shop', tls: 'require' },
    ],
    ['postgresql://ann:s%40cret@db:6543/shop?sslmode=disable', { password: 's@cret', port: 6543, tls: 'disable' }],
    [
      'postgres://ann@[2001:db8::1]/?sslmode=verify-full&pgbouncer=true',
      { host: '2001:db8::1', database: 'ann', tls: 'verify' },
    ],
  ])('%s is read', (text, expected) => {
    expect(parseConnection(text)).toMatchObject({ ok: true, connection: expected })
  })

  it.each([
    ['', /look like/],
    ['mysql://ann:hunter2@db/shop', /look like/],
    ['postgres://ann:hunter2@/shop?host=/var/run', /host|look like/],
    ['postgres://db.example.com/shop', /user/],
    ['postgres://ann:hunter2@db/shop?sslmode=prefer', /sslmode of disable, require/],
    ['postgres://ann:hunter2%@db/shop', /hexadecimal/],
  ])('%s is refused, and its password not repeated', (text, message) => {
    const parsed = parseConnection(text)
    expect(parsed).toMatchObject({ ok: false, message: expect.stringMatching(message) })
    expect(JSON.stringify(parsed)).not.toContain('hunter2')
  })
})

describe('the text of a figure', () => {
  it.each([
    ['42', 42],
    ['-0.5', -0.5],
    ['1e3', 1_000],
    ['12345678901234567890', 12345678901234567e3],
    ['', null],
    ['NaN', null],
    ['-Infinity', null],
    ['1e101', null],
    ['twelve', null],
  ])('%s', (text, value) => expect(readFigure(text)).toBe(value))
})
