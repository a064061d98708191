import type { Instant } from '../time/instant.ts'

/** Platforms that tell us by webhook what they did. */
export const INTEGRATION_KINDS = ['vercel', 'railway', 'github', 'sentry'] as const
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number]

/**
 * Who makes up the secret. Vercel and Sentry show theirs once the address is known to them; GitHub takes one of ours; Railway signs nothing,
 * so that ours stands in its address.
 */
export const SECRET_ORIGINS = {
  vercel: 'theirs',
  railway: 'ours',
  github: 'ours',
  sentry: 'theirs',
} as const satisfies Record<IntegrationKind, 'ours' | 'theirs'>

/** What the API of Sentry is asked about; empty texts ask nothing. */
export interface SentryConfig {
  organization: string
  project: string
}

/**
 * Why a call was refused: no secret is known yet, the signature is missing or wrong, the body is of another type, too large or not what the
 * platform sends. `provider`: its API did not answer ours.
 */
export type IntegrationError =
  | 'no_secret'
  | 'signature_missing'
  | 'signature_wrong'
  | 'media_type'
  | 'too_large'
  | 'unreadable'
  | 'provider'

export interface Integration {
  id: string
  kind: IntegrationKind
  name: string
  /** Unguessable; stands in the address. */
  key: string
  sentry: SentryConfig
  hasSecret: boolean
  /** Of the provider's API. */
  hasToken: boolean
  enabled: boolean
  lastReceivedAt: Instant | null
  /** Calls refused since the last one that was taken. */
  refusedCount: number
  /** Of the last call that failed; null since the last one that went well. */
  lastError: { code: IntegrationError; detail: string; at: Instant } | null
  createdAt: Instant
}

/** The path that a platform calls. Where it signs nothing, the secret is the last part. */
export function webhookPath(kind: IntegrationKind, key: string, secret: string): string {
  return kind === 'railway' ? `/api/ingest/railway/${key}/${secret}` : `/api/ingest/${kind}/${key}`
}
