import { describe, expect, test } from 'vitest'
import { sayFault } from '../../../lib/domain/rule/fault.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'

const known = { unitOf: () => 'ms', kindOf: () => null }

/** Every way in which a line can be wrong, once. */
const WRONG = [
  'p59(x) > 2s',
  'p95(x > 2s',
  'p95(x) = 2s',
  'p95(x) > 2parsec',
  'p95(x) > 2m',
  'p95(x) > 2MB',
  'p95(x) > 2s for 5 parsecs',
  'p95(x) > 2s for 5m for 6m',
  'p95(x) > 2s as critcal',
  'p95(x) > 2s [warn < 1s]',
  'p95(x) > 2s nonsense',
  'p95(x{a="b" c="d"}) > 2s',
  'p95(x{a="b}) > 2s',
  'p95(x) by http.route > 2s',
  'p95(x) warn > 2s as critical',
  'p95(x) > 2s §',
  '3 failures of monitor',
  'certificate of * expires in 36h',
  'unusual(x)',
  'unusual(avg(x)) sensitivity 0',
  'burn(api) 14 over 1h and 5m',
  'all()',
  'x'.repeat(3_000),
]

describe('what is wrong with a line is said in both languages', () => {
  test.each(WRONG)('%s', (line) => {
    const read = parseOneLine(line, known)
    if (read.ok) throw new Error('it was read')
    const { fault, message } = read.error
    const french = sayFault(fault, 'fr')
    expect(sayFault(fault, 'en')).toBe(message)
    expect(french).not.toBe(message)
    // No English is left between the French words, and marks have their spaces.
    expect(french).not.toMatch(/\b(should|must|did you mean|found|where|such as|stands here)\b/)
    expect(french).not.toMatch(/[^\u00a0\u202f"/a-z][:;?!](\s|$)/)
  })

  test('a near word is suggested in either language', () => {
    const read = parseOneLine('cuont(x) > 2', known)
    if (read.ok) throw new Error('it was read')
    expect(sayFault(read.error.fault, 'en')).toContain('did you mean count?')
    expect(sayFault(read.error.fault, 'fr')).toContain('vouliez-vous dire count\u00a0?')
  })
})
