import type { AssertionFailure, Cause, Verdict } from './outcome.ts'

/** One thing that a probe found wrong. */
export interface Finding {
  verdict: 'degraded' | 'down'
  cause: Cause
  failure: AssertionFailure
  /** "answered 503, expected 200 to 299" */
  sentence: string
}

/** What a probe's facts amount to. */
export interface Evaluation {
  verdict: Verdict
  cause: Cause | null
  message: string
  failures: AssertionFailure[]
}

/** A message names so many findings and counts the rest; `failures` lists them all. */
const NAMED_FINDINGS = 3

/** The worst finding decides verdict and cause; within a verdict the order of the findings stays. */
export function concludeFindings(findings: readonly Finding[], upMessage: string): Evaluation {
  if (findings.length === 0) return { verdict: 'up', cause: null, message: upMessage, failures: [] }
  const worstFirst = [
    ...findings.filter((finding) => finding.verdict === 'down'),
    ...findings.filter((finding) => finding.verdict === 'degraded'),
  ]
  const named = worstFirst.slice(0, NAMED_FINDINGS).map((finding) => finding.sentence)
  const unnamed = worstFirst.length - named.length
  return {
    verdict: worstFirst[0]?.verdict ?? 'up',
    cause: worstFirst[0]?.cause ?? null,
    message: named.join('; ') + (unnamed > 0 ? `; and ${unnamed} more` : ''),
    failures: worstFirst.map((finding) => finding.failure),
  }
}
