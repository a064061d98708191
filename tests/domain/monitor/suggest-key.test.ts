import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keySchema } from '../../../lib/domain/monitor/config.ts'
import { suggestKey } from '../../../lib/domain/monitor/suggest-key.ts'

test.each([
  ['Équipe d’astreinte', 'equipe-d-astreinte'],
  ['#alerts', 'alerts'],
  ['  Checkout -- API  ', 'checkout-api'],
  ['監視', ''],
])('%s becomes “%s”', (name, key) => {
  expect(suggestKey(name)).toBe(key)
})

test('what is suggested is a key, or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      const key = suggestKey(name)
      expect(key === '' || keySchema.safeParse(key).success).toBe(true)
    }),
  )
})
