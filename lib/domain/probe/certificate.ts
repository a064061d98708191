import { DAY, type Instant } from '../time/instant.ts'
import type { Finding } from './finding.ts'
import type { Certificate } from './outcome.ts'

/** OpenSSL's verification codes and Node's name check, as sentences. Other codes are shown as they are. */
const TRUST_ERRORS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'a certificate of its chain has expired',
  CERT_NOT_YET_VALID: 'a certificate of its chain is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its root is not a known authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is unknown: an intermediate certificate may be missing',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is unknown: an intermediate certificate may be missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is unknown: an intermediate certificate may be missing',
  CERT_REVOKED: 'it was revoked',
  INVALID_PURPOSE: 'it was not issued for servers',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
}

export function describeTrustError(code: string): string {
  const words = TRUST_ERRORS[code]
  return words === undefined ? `not trusted (${code})` : `not trusted: ${words} (${code})`
}

/** Whole days until the chain's earliest end, rounded down; negative once it has ended. */
export function daysLeft(certificate: Certificate, now: Instant): number {
  return Math.floor((certificate.expiresAt - now) / DAY)
}

/** Of two, the one that ends first: what a probe reports that met several chains on its redirects. */
export function earlierCertificate(a: Certificate | null, b: Certificate | null): Certificate | null {
  if (a === null || b === null) return a ?? b
  return b.expiresAt < a.expiresAt ? b : a
}

/**
 * Not trusted or expired is down (cause `tls`); ending within `certificateDays` is degraded. With `verify` false the
 * operator accepts any chain, so that an expired one only warns. `certificateDays: 0` warns of nothing.
 */
export function assertCertificate(
  certificate: Certificate | null,
  policy: { certificateDays: number; verify: boolean },
  now: Instant,
): Finding[] {
  if (certificate === null) return []
  if (policy.verify && certificate.trustError !== null) {
    const words = describeTrustError(certificate.trustError)
    return [report('down', 'a trusted chain', certificate.trustError, `the certificate is ${words}`)]
  }
  const days = daysLeft(certificate, now)
  const day = new Date(certificate.expiresAt).toISOString().slice(0, 10)
  const expected = `valid for ${policy.certificateDays} more days`
  if (certificate.expiresAt <= now) {
    if (policy.verify)
      return [report('down', 'a valid certificate', `expired on ${day}`, `the certificate expired on ${day}`)]
    if (policy.certificateDays === 0) return []
    return [report('degraded', expected, `expired on ${day}`, `the certificate expired on ${day}`)]
  }
  if (days >= policy.certificateDays) return []
  const left = days === 1 ? '1 day' : `${days} days`
  return [report('degraded', expected, `${left} left`, `the certificate expires in ${left}, on ${day}`)]
}

function report(verdict: 'degraded' | 'down', expected: string, got: string, sentence: string): Finding {
  const cause = verdict === 'down' ? 'tls' : 'certificate_expiring'
  return { verdict, cause, failure: { subject: 'certificate', expected, got }, sentence }
}
