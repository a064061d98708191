import type { DeploymentMessage } from '../domain/deployment/deployment.ts'
import type { IntegrationKind } from '../domain/deployment/integration.ts'
import type { ErrorIssueMessage } from '../domain/log/error-issue.ts'
import type { SeriesSamples } from '../domain/series/sample.ts'
import type { Instant } from '../domain/time/instant.ts'

/** What a platform sent: the body as it came, its headers, and what stands behind the key in the address. */
export interface WebhookCall {
  text: string
  headers: Pick<Headers, 'get'>
  addressSecret: string
}

/** What one call says. */
export interface WebhookReading {
  deployments: readonly DeploymentMessage[]
  issues: readonly ErrorIssueMessage[]
  series: readonly SeriesSamples[]
  /** The platform's name of an event of which nothing is kept; null where something is. */
  passedOver: string | null
}

export type ReadWebhook = { ok: true; reading: WebhookReading } | { ok: false; field: string; message: string }

/** How one platform calls. */
export interface WebhookFormat {
  kind: IntegrationKind
  /** Whether the call knows the secret; compared in a time that tells nothing about it. */
  judge(call: WebhookCall, secret: string): 'right' | 'missing' | 'wrong'
  /** The platform's id of this delivery, the same when it is repeated; null where it gives none. */
  deliveryId(call: WebhookCall): string | null
  /** Never throws, whatever the text is. Times ahead of `receivedAt` become it. */
  read(call: WebhookCall, receivedAt: Instant): ReadWebhook
}
