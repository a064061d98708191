import { concludeFindings, type Evaluation } from '../../domain/probe/finding.ts'
import { excerptText, quoteValue } from '../../domain/probe/quote.ts'
import type { FormatFault } from '../../ports/target-format.ts'

const EXCERPT_MAX_CHARS = 1_024

/** Down (cause `status`) when the answer is none that could be read; null for 200. */
export function judgeStatus(statusCode: number): Evaluation | null {
  if (statusCode === 200) return null
  const failure = { subject: 'status', expected: '200', got: `${statusCode}` }
  const sentence = `answered ${statusCode}, expected 200`
  return concludeFindings([{ verdict: 'down', cause: 'status', failure, sentence }], '')
}

/** Down (cause `protocol`): the answer is not written in the format that the monitor reads. */
export function judgeFormat(
  { subject, expected, got }: FormatFault,
  body: string | null,
  secrets: readonly string[],
): { evaluation: Evaluation; bodyExcerpt: string | null } {
  const shown = WORDS.has(got) ? got : quoteValue(got, secrets)
  const failure = { subject, expected, got: shown }
  const seen = shown === 'nothing' ? 'is absent' : `is ${shown}`
  const sentence = `${subject} ${seen}, expected ${expected}`
  return {
    evaluation: concludeFindings([{ verdict: 'down', cause: 'protocol', failure, sentence }], ''),
    bodyExcerpt: body === null ? null : excerptText(body, secrets, EXCERPT_MAX_CHARS),
  }
}

/** What a fault says in its own words; all else is the target's, and quoted. */
const WORDS = new Set(['nothing', 'no JSON', 'a list', 'an object'])
