import type { Finding } from './finding.ts'
import { quoteValue } from './quote.ts'

const FINE = words('healthy ok okay pass passing passed up success alive ready running operational available green')
const DEGRADED = words('degraded warn warning partial impaired yellow degraded_performance partial_outage')
const FAILED = words(
  'error errored unhealthy down fail failed failing failure critical unavailable dead red outage major_outage',
)

/** Where services put their checks: our own guides and the health+json draft, Spring Boot Actuator. */
const CHECK_MEMBERS = ['checks', 'components'] as const
/** A service with more failing checks than this is told by its first ones. */
const MAX_CHECKS = 20

/** What a health document says of one thing; `unknown` is a word that is none of ours, and no reason for anything. */
type Health = 'fine' | 'degraded' | 'failed' | 'unknown'

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

function readWord(value: unknown): Health {
  if (typeof value === 'boolean') return value ? 'fine' : 'failed'
  if (typeof value !== 'string') return 'unknown'
  const word = value.trim().toLowerCase()
  if (FINE.has(word)) return 'fine'
  if (DEGRADED.has(word)) return 'degraded'
  return FAILED.has(word) ? 'failed' : 'unknown'
}

/**
 * Reads `{"status":"degraded","checks":{"database":"error"}}`. Also understood: checks as booleans, as `{status}` objects,
 * as a list of `{name, status}`, and as lists per name (draft-inadarei-api-health-check-06).
 * A status word of failure is down (cause `assertion`); one of degradation, or a failing check under a status that is not
 * itself a failure, is degraded (cause `health_degraded`). A document that is no such thing yields nothing.
 */
export function assertHealthBody(document: unknown, secrets: readonly string[]): Finding[] {
  if (!isObject(document)) return []
  // `"status": true` is too common in answers that are no health documents; as the value of a check it is clear.
  const status = typeof document.status === 'string' ? readWord(document.status) : 'unknown'
  const bad = listChecks(document)
    .filter(({ health }) => health === 'failed' || health === 'degraded')
    .slice(0, MAX_CHECKS)
  // `{"status":"pending"}` of an order is no health document; with checks beside it the checks alone speak.
  if (status === 'fine' || status === 'unknown') return bad.map((check) => reportCheck(check, 'degraded', secrets))
  const verdict = status === 'failed' ? 'down' : 'degraded'
  const got = quoteValue(document.status, secrets)
  const overall: Finding = {
    verdict,
    cause: verdict === 'down' ? 'assertion' : 'health_degraded',
    failure: { subject: 'health status', expected: 'healthy', got },
    sentence: `reports its health as ${got}`,
  }
  return [overall, ...bad.map((check) => reportCheck(check, verdict, secrets))]
}

interface Check {
  name: string
  health: Health
  value: unknown
}

function reportCheck(check: Check, verdict: 'degraded' | 'down', secrets: readonly string[]): Finding {
  const name = quoteValue(check.name, secrets).slice(1, -1)
  const got = quoteValue(check.value, secrets)
  return {
    verdict,
    cause: verdict === 'down' ? 'assertion' : 'health_degraded',
    failure: { subject: `check ${name}`, expected: 'healthy', got },
    sentence: `check ${name} is ${got}`,
  }
}

function listChecks(document: Record<string, unknown>): Check[] {
  const member = CHECK_MEMBERS.map((key) => document[key]).find((value) => typeof value === 'object' && value !== null)
  if (Array.isArray(member)) return member.filter(isObject).map((item) => readCheck(nameOf(item), item))
  return isObject(member) ? Object.entries(member).map(([name, value]) => readCheck(name, value)) : []
}

function nameOf(item: Record<string, unknown>): string {
  return typeof item.name === 'string' ? item.name : typeof item.id === 'string' ? item.id : 'without a name'
}

/** Looks a fixed number of levels deep: a hostile document may be nested deeper than the stack. */
function readCheck(name: string, value: unknown): Check {
  const words = (Array.isArray(value) ? value : [value]).map((part) =>
    isObject(part) ? (part.status ?? part.healthy) : part,
  )
  const bad = words.find((word) => readWord(word) === 'failed') ?? words.find((word) => readWord(word) === 'degraded')
  return { name, health: bad === undefined ? 'unknown' : readWord(bad), value: bad ?? null }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
