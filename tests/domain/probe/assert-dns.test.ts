import { describe, expect, it } from 'vitest'
import { dnsConfigSchema } from '../../../lib/domain/monitor/config.ts'
import { evaluateDns } from '../../../lib/domain/probe/assert-dns.ts'

const evaluate = (recordType: string, expectValues: string[], ...records: { text: string; alsoKnownAs: string[] }[]) =>
  evaluateDns(dnsConfigSchema.parse({ host: 'a.test', recordType, expectValues }), records, 12)

describe('dns answers', () => {
  it('any answer is up when none is expected', () => {
    expect(evaluate('A', [], { text: '192.0.2.1', alsoKnownAs: [] })).toMatchObject({
      verdict: 'up',
      message: 'A of a.test is 192.0.2.1, answered in 12 ms',
    })
  })

  it('every expected value must be among them', () => {
    const record = { text: '192.0.2.1', alsoKnownAs: [] }
    expect(evaluate('A', ['192.0.2.1'], record, { text: '192.0.2.2', alsoKnownAs: [] }).verdict).toBe('up')
    expect(evaluate('A', ['192.0.2.1', '192.0.2.9'], record)).toMatchObject({
      verdict: 'down',
      cause: 'assertion',
      failures: [{ subject: 'A of a.test', expected: '192.0.2.9', got: '192.0.2.1' }],
    })
  })

  it('names compare without case and final dot, text records exactly', () => {
    const mail = { text: '10 Mail.a.test', alsoKnownAs: ['Mail.a.test'] }
    expect(evaluate('MX', ['mail.A.test.'], mail).verdict).toBe('up')
    expect(evaluate('MX', ['10 mail.a.test'], mail).verdict).toBe('up')
    expect(evaluate('TXT', ['V=1'], { text: 'v=1', alsoKnownAs: [] }).verdict).toBe('down')
  })
})
