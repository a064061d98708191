import type { Instant } from '../time/instant.ts'

export type Verdict = 'up' | 'degraded' | 'down'

/** Why a probe is not up. One taxonomy for every kind of monitor. */
export const CAUSES = [
  'dns',
  'tcp',
  'tls',
  'timeout',
  'status',
  'assertion',
  'body_too_large',
  'blocked',
  'redirect',
  'protocol',
  'latency',
  'health_degraded',
  'certificate_expiring',
  'query',
  'missed_heartbeat',
  'reported_failure',
] as const
export type Cause = (typeof CAUSES)[number]

/**
 * Phase durations in ms, as blackbox_exporter defines them and summed over redirects: name resolution, TCP connect,
 * TLS handshake, request sent → first byte, first byte → end. A phase that was not reached is absent.
 */
export interface Phases {
  dns?: number
  tcp?: number
  tls?: number
  ttfb?: number
  transfer?: number
}

export interface AssertionFailure {
  /** What was asserted: `status`, `latency`, `keyword`, `header content-type`, `json $.status`, `check database`. */
  subject: string
  expected: string
  got: string
}

export interface Certificate {
  /** Earliest end of validity over the presented chain. */
  expiresAt: Instant
  issuer: string
  subject: string
  /** OpenSSL's word for why the chain is not trusted, or null when it is. */
  trustError: string | null
}

/** Something that a probe saw and that is worth showing whatever the verdict is, in English. */
export interface SeenFact {
  /** `status page`, `component API`, `incident`, `samples`. */
  subject: string
  value: string
  /** Where people read more; http(s). */
  url?: string
}

/** What one region saw, as it is stored and told. */
export interface RegionSighting {
  region: string
  /** `unknown`: it could not probe, and took no part in the decision. */
  verdict: Verdict | 'unknown'
  cause: Cause | null
  latencyMs: number | null
  message: string
}

/** The classified result of one probe execution. Never thrown: a target cannot make a probe fail to answer. */
export interface ProbeOutcome {
  verdict: Verdict
  cause: Cause | null
  /** One sentence in English for people: "answered 503, expected 200". */
  message: string
  startedAt: Instant
  /** Whole probe, body included. */
  durationMs: number
  phases: Phases
  statusCode: number | null
  /** Address that was connected to, when one was. */
  remoteAddress: string | null
  bytes: number | null
  failures: AssertionFailure[]
  certificate: Certificate | null
  /** First bytes of the body, kept only when the verdict is not up. At most 1,024 characters. */
  bodyExcerpt: string | null
  /** At most twenty; kinds that have nothing more to show leave it out. */
  seen?: readonly SeenFact[]
  /** By name; of rounds of several regions alone, for which this outcome stands. */
  regions?: readonly RegionSighting[]
}
