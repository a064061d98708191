import type { JsonAssertion } from '../monitor/config.ts'
import type { Finding } from './finding.ts'
import { readJsonPath } from './json-path.ts'
import { quoteValue } from './quote.ts'

/** A body as JSON, parsed once for all assertions on it. */
export type ParsedBody = { valid: true; document: unknown } | { valid: false }

export function parseBody(text: string | null): ParsedBody {
  if (text === null || text === '') return { valid: false }
  try {
    return { valid: true, document: JSON.parse(text) }
  } catch {
    return { valid: false }
  }
}

/** One finding per assertion that does not hold, in the order of the configuration. */
export function assertJson(
  assertions: readonly JsonAssertion[],
  body: ParsedBody,
  secrets: readonly string[],
): Finding[] {
  return assertions.flatMap((assertion) => {
    const expected = describeExpectation(assertion)
    const subject = `json ${assertion.path}`
    if (!body.valid)
      return [report(subject, expected, 'no JSON', `the body is not JSON, expected ${assertion.path} ${expected}`)]
    const result = readJsonPath(body.document, assertion.path)
    if (holds(assertion, result.found, result.found ? result.value : undefined)) return []
    const got = result.found ? quoteValue(result.value, secrets) : 'nothing'
    const seen = result.found ? `is ${got}` : 'is absent'
    return [report(subject, expected, got, `${assertion.path} ${seen}, expected ${expected}`)]
  })
}

function report(subject: string, expected: string, got: string, sentence: string): Finding {
  return { verdict: 'down', cause: 'assertion', failure: { subject, expected, got }, sentence }
}

/** `notEquals` asks for a value that differs: an absent one proves nothing and does not hold. */
function holds(assertion: JsonAssertion, found: boolean, value: unknown): boolean {
  if (assertion.exists !== undefined) return found === assertion.exists
  if (!found) return false
  if (assertion.equals !== undefined) return value === assertion.equals
  if (assertion.notEquals !== undefined) return value !== assertion.notEquals
  if (assertion.above !== undefined) return typeof value === 'number' && value > assertion.above
  if (assertion.below !== undefined) return typeof value === 'number' && value < assertion.below
  if (assertion.contains === undefined) return true
  if (Array.isArray(value)) return value.some((item) => typeof item !== 'object' && String(item) === assertion.contains)
  return typeof value === 'string' && value.includes(assertion.contains)
}

function describeExpectation(assertion: JsonAssertion): string {
  if (assertion.exists !== undefined) return assertion.exists ? 'to be present' : 'to be absent'
  if (assertion.equals !== undefined) return JSON.stringify(assertion.equals)
  if (assertion.notEquals !== undefined) return `anything but ${JSON.stringify(assertion.notEquals)}`
  if (assertion.above !== undefined) return `a number above ${assertion.above}`
  if (assertion.below !== undefined) return `a number below ${assertion.below}`
  return `to contain ${JSON.stringify(assertion.contains)}`
}
