import type { HeaderAssertion, HttpConfig } from '../monitor/config.ts'
import type { Instant } from '../time/instant.ts'
import { assertJson, type ParsedBody, parseBody } from './assert-json.ts'
import { assertLatency } from './assert-latency.ts'
import { assertCertificate } from './certificate.ts'
import { concludeFindings, type Evaluation, type Finding } from './finding.ts'
import { assertHealthBody } from './health-body.ts'
import { describeStatuses, matchesStatus } from './match-status.ts'
import type { Cause, Certificate } from './outcome.ts'
import { describeMs, quoteValue } from './quote.ts'

/** A health document is small; parsing every megabyte of JSON that a shop answers would cost more than the probe. */
export const HEALTH_BODY_MAX_CHARS = 65_536

export interface HttpFacts {
  statusCode: number
  /** Names in lower case, as node:http gives them. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Decoded text, or null when there is none: HEAD, 204. */
  body: string | null
  /** Whole probe, redirects and body included. */
  durationMs: number
  certificate: Certificate | null
  verifyTls: boolean
  /** Values that no message may repeat. */
  secrets: readonly string[]
}

/**
 * Compares an answer with what the monitor expects. Status, keyword, header and JSON failures are down; latency, health
 * and a certificate that ends soon are degraded. Every failure is listed and the worst decides.
 */
export function evaluateHttp(expect: HttpConfig['expect'], facts: HttpFacts, now: Instant): Evaluation {
  const wantsJson = expect.json.length > 0
  const parsed: ParsedBody = wantsJson || mayBeHealthBody(expect, facts.body) ? parseBody(facts.body) : { valid: false }
  const findings = [
    ...assertStatus(expect, facts),
    ...assertKeywords(expect, facts),
    ...expect.headers.flatMap((assertion) => assertHeader(assertion, facts)),
    ...assertJson(expect.json, parsed, facts.secrets),
    ...(expect.healthBody && parsed.valid ? assertHealthBody(parsed.document, facts.secrets) : []),
    ...assertLatency(expect.latencyMs, facts.durationMs),
    ...assertCertificate(facts.certificate, { certificateDays: expect.certificateDays, verify: facts.verifyTls }, now),
  ]
  return concludeFindings(findings, `answered ${facts.statusCode} in ${describeMs(facts.durationMs)}`)
}

function mayBeHealthBody(expect: HttpConfig['expect'], body: string | null): boolean {
  return expect.healthBody && body !== null && body.length <= HEALTH_BODY_MAX_CHARS && /^\s*\{/.test(body)
}

function assertStatus(expect: HttpConfig['expect'], facts: HttpFacts): Finding[] {
  if (matchesStatus(expect.status, facts.statusCode)) return []
  const expected = describeStatuses(expect.status)
  const got = `${facts.statusCode}`
  return [down('status', 'status', expected, got, `answered ${got}, expected ${expected}`)]
}

function assertKeywords(expect: HttpConfig['expect'], facts: HttpFacts): Finding[] {
  const body = facts.body ?? ''
  const findings: Finding[] = []
  if (expect.keyword !== undefined && !body.includes(expect.keyword)) {
    const word = JSON.stringify(expect.keyword)
    findings.push(down('assertion', 'keyword', word, 'not found', `the body does not contain ${word}`))
  }
  if (expect.keywordAbsent !== undefined && body.includes(expect.keywordAbsent)) {
    const word = JSON.stringify(expect.keywordAbsent)
    findings.push(down('assertion', 'keyword', `no ${word}`, 'found', `the body contains ${word}`))
  }
  return findings
}

function assertHeader(assertion: HeaderAssertion, facts: HttpFacts): Finding[] {
  const name = assertion.name.toLowerCase()
  const raw = facts.headers[name]
  const value = typeof raw === 'object' ? raw.join(', ') : raw
  const subject = `header ${name}`
  const got = value === undefined ? 'nothing' : quoteValue(value, facts.secrets)
  const seen = value === undefined ? 'is absent' : `is ${got}`
  const expected = describeHeader(assertion)
  const holds =
    assertion.exists !== undefined
      ? (value !== undefined) === assertion.exists
      : assertion.equals !== undefined
        ? value === assertion.equals
        : value?.includes(assertion.contains ?? '') === true
  return holds ? [] : [down('assertion', subject, expected, got, `${subject} ${seen}, expected ${expected}`)]
}

function describeHeader(assertion: HeaderAssertion): string {
  if (assertion.exists !== undefined) return assertion.exists ? 'to be present' : 'to be absent'
  if (assertion.equals !== undefined) return JSON.stringify(assertion.equals)
  return `to contain ${JSON.stringify(assertion.contains)}`
}

function down(cause: Cause, subject: string, expected: string, got: string, sentence: string): Finding {
  return { verdict: 'down', cause, failure: { subject, expected, got }, sentence }
}
