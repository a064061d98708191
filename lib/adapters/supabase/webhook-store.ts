import type { DeploymentMessage } from '../../domain/deployment/deployment.ts'
import type { ErrorIssueMessage } from '../../domain/log/error-issue.ts'
import type { WebhookOutcome, WebhookStore, WebhookToStore } from '../../ports/webhook-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Webhooks in Postgres; needs the service role. */
export function createWebhookStore(client: Client): WebhookStore {
  return {
    async find(kind, key) {
      const row = (await call(client, 'find_integration', { p_kind: kind, p_key: key })) as FoundRow | null
      return row === null ? null : { id: row.id, projectId: row.project_id, secretCiphertext: row.ciphertext }
    },
    async store(webhook, perMinute) {
      const answer = (await call(client, 'receive_webhook', {
        p_integration_id: webhook.integrationId,
        p_webhook: webhookJson(webhook) as never,
        p_per_minute: perMinute,
      })) as { kind: WebhookOutcome['kind']; retry_after_seconds?: number }
      return answer.kind === 'too_many'
        ? { kind: 'too_many', retryAfterSeconds: answer.retry_after_seconds ?? 1 }
        : { kind: answer.kind }
    },
    async refuse(integrationId, code, detail) {
      await call(client, 'refuse_webhook', { p_integration_id: integrationId, p_code: code, p_detail: detail })
    },
  }
}

interface FoundRow {
  id: string
  project_id: string
  ciphertext: string | null
}

function webhookJson({ digests, deployments, issues, series }: WebhookToStore): Record<string, unknown> {
  // Counters alone come by webhook.
  const samples = series.flatMap((one, position) =>
    one.series.kind === 'histogram' ? [] : one.samples.map((sample) => ({ ...sample, position })),
  ) as { position: number; at: number; value: number }[]
  return {
    digests,
    deployments: deployments.map(deploymentJson),
    issues: issues.map(issueJson),
    series: series.map((one) => one.series),
    positions: samples.map(({ position }) => position),
    at: samples.map(({ at }) => at),
    values: samples.map(({ value }) => value),
  }
}

/** A message as `store_deployment` reads it; instants stay milliseconds. */
export function deploymentJson(message: DeploymentMessage): Record<string, unknown> {
  const { externalId, commitMessage, createdAt, ...rest } = message
  return { ...rest, external_id: externalId, commit_message: commitMessage, created_at: createdAt }
}

function issueJson(message: ErrorIssueMessage): Record<string, unknown> {
  const { externalId, shortId, firstSeenAt, lastSeenAt, ...rest } = message
  return { ...rest, external_id: externalId, short_id: shortId, first_seen_at: firstSeenAt, last_seen_at: lastSeenAt }
}
