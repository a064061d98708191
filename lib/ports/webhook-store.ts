import type { IntegrationError, IntegrationKind } from '../domain/deployment/integration.ts'
import type { WebhookReading } from './webhook-format.ts'

/** A connection behind an address. */
export interface FoundIntegration {
  id: string
  projectId: string
  /** Sealed by `SecretBox`; null while no secret is known. */
  secretCiphertext: string | null
}

export interface WebhookToStore extends WebhookReading {
  integrationId: string
  kind: IntegrationKind
  /** Hashes of body and delivery id: a call that shares one with an earlier call of a day is the same call again. */
  digests: readonly string[]
}

export type WebhookOutcome =
  | { kind: 'stored' }
  | { kind: 'replay' }
  /** Deleted or switched off meanwhile. */
  | { kind: 'gone' }
  | { kind: 'too_many'; retryAfterSeconds: number }

/** Where webhooks end up. Throws when the database is away; nothing of the call is stored then. */
export interface WebhookStore {
  /** Null for an unknown address, and for one that is switched off. */
  find(kind: IntegrationKind, key: string): Promise<FoundIntegration | null>
  /** All of a call in one transaction, counted against `perMinute`. */
  store(webhook: WebhookToStore, perMinute: number): Promise<WebhookOutcome>
  /** Notes a call that was refused, for the admins. */
  refuse(integrationId: string, code: IntegrationError, detail: string): Promise<void>
}
