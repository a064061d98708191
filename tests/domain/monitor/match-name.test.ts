import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesName } from '../../../lib/domain/monitor/match-name.ts'

test('law: a pattern fits what the regular expression with .* in place of each star fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '_'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '_', '*'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, letters, (given, name) => {
      expect(matchesName(given, name)).toBe(new RegExp(`^${given.replaceAll('*', '.*')}$`).test(name))
    }),
    { numRuns: 2_000 },
  )
})

test('a hundred stars take no longer than one', () => {
  expect(matchesName(`${'*a'.repeat(99)}*b`, 'a'.repeat(200))).toBe(false)
})
