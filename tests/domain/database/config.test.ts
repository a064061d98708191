import { describe, expect, test } from 'vitest'
import { connectionStringSchema, describeAddress } from '../../../lib/domain/database/config.ts'

describe('a connection string', () => {
  test.each([
    [
      'postgres://app:secret@db.example.com:6543/shop?sslmode=verify-full',
      { host: 'db.example.com', port: 6543, user: 'app', password: 'secret', database: 'shop', tls: 'verify' },
    ],
    [
      'postgresql://app@db.example.com',
      { host: 'db.example.com', port: 5432, user: 'app', password: '', database: 'app', tls: 'require' },
    ],
    [
      ' postgres://app:p%40ss@[2001:db8::1]/shop?sslmode=disable ',
      { host: '2001:db8::1', port: 5432, user: 'app', password: 'p@ss', database: 'shop', tls: 'disable' },
    ],
  ])('%s is taken apart', (text, expected) => {
    expect(connectionStringSchema.parse(text)).toEqual(expected)
  })
  test.each([
    ['mysql://app:secret@db/shop', 'must be an address'],
    ['host=db user=app password=secret', 'must be an address'],
    ['postgres://db.example.com/shop', 'names no user'],
    ['postgres://app:secret@db/shop?sslmode=prefer', 'sslmode'],
    ['postgres://app:secret%@db/shop', 'escape'],
  ])('%s is refused without being repeated', (text, message) => {
    const parsed = connectionStringSchema.safeParse(text)
    expect(parsed.error?.issues[0]?.message).toContain(message)
    expect(parsed.error?.message).not.toContain('secret')
  })
  test('is shown without its password', () => {
    const parts = connectionStringSchema.parse('postgres://app:secret@db.example.com/shop')
    expect(describeAddress(parts)).toBe('db.example.com:5432/shop (app)')
  })
})
