import type { DnsConfig } from '../monitor/config.ts'
import { concludeFindings, type Evaluation, type Finding } from './finding.ts'
import { describeMs, excerptText } from './quote.ts'

/** A name may have hundreds of records; a message shows the first. */
const SHOWN_MAX_CHARS = 200

/**
 * One answer, as a zone file writes its data (`10 mail.example.com`), with the shorter spellings under which a person may
 * expect it (`mail.example.com`).
 */
export interface DnsRecord {
  text: string
  alsoKnownAs: readonly string[]
}

/** Every expected value must be among the answers; names compare without case and final dot. Cause `assertion`. */
export function evaluateDns(config: DnsConfig, records: readonly DnsRecord[], durationMs: number): Evaluation {
  const isText = config.recordType === 'TXT'
  const normalise = (value: string) => (isText ? value : value.trim().toLowerCase().replace(/\.$/, ''))
  const known = new Set(records.flatMap((record) => [record.text, ...record.alsoKnownAs]).map(normalise))
  const missing = config.expectValues.filter((value) => !known.has(normalise(value)))
  const got = excerptText(records.map((record) => record.text).join(', '), [], SHOWN_MAX_CHARS)
  const question = `${config.recordType} of ${config.host}`
  const findings = missing.map(
    (expected): Finding => ({
      verdict: 'down',
      cause: 'assertion',
      failure: { subject: question, expected, got },
      sentence: `${question} is ${got}, expected ${expected} among it`,
    }),
  )
  return concludeFindings(findings, `${question} is ${got}, answered in ${describeMs(durationMs)}`)
}
