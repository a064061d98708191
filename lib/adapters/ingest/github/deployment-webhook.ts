import { z } from 'zod'
import type { DeploymentStatus } from '../../../domain/deployment/deployment.ts'
import type { WebhookFormat } from '../../../ports/webhook-format.ts'
import { idSchema, notAhead, optionalText, optionalUrl, timeSchema, toFacts } from '../webhook/fields.ts'
import { passOver, readBody, reading } from '../webhook/read-body.ts'
import { judgeHmac } from '../webhook/signature.ts'

/**
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status. `inactive` says no more than that a newer deployment took
 * its place, which the list shows anyway.
 */
const STATES: Record<string, DeploymentStatus> = {
  queued: 'queued',
  pending: 'queued',
  waiting: 'queued',
  in_progress: 'building',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
}

const deployment = z.object({
  id: idSchema,
  sha: optionalText(64),
  ref: optionalText(250),
  environment: optionalText(100),
  created_at: timeSchema,
})
const repository = z.object({ name: optionalText(200), html_url: optionalUrl }).catch({ name: '', html_url: '' })

const deploymentSchema = z.object({ deployment, repository })
const statusSchema = z.object({
  deployment,
  repository,
  deployment_status: z.object({
    state: z.string(),
    created_at: timeSchema,
    environment_url: optionalUrl,
    target_url: optionalUrl,
    log_url: optionalUrl,
  }),
})

export const githubWebhook: WebhookFormat = {
  kind: 'github',
  judge: ({ text, headers }, secret) =>
    judgeHmac('sha256', { text, secret, given: headers.get('x-hub-signature-256'), prefix: 'sha256=' }),
  deliveryId: ({ headers }) => headers.get('x-github-delivery'),
  read({ text, headers }, receivedAt) {
    const event = headers.get('x-github-event') ?? ''
    if (event === '') return { ok: false, field: 'x-github-event', message: 'is missing' }
    if (event === 'deployment') {
      return readBody(text, deploymentSchema, (body) => {
        const at = notAhead(body.deployment.created_at, receivedAt)
        const message = { ...factsOf(body, body.repository.html_url), status: 'queued' as const, at, createdAt: at }
        return reading({ deployments: [message] })
      })
    }
    if (event !== 'deployment_status') return readBody(text, z.object({}), () => passOver(event))
    return readBody(text, statusSchema, (body) => {
      const { state, created_at, environment_url, target_url, log_url } = body.deployment_status
      const status = Object.hasOwn(STATES, state) ? STATES[state] : undefined
      if (status === undefined) return passOver(`${event}: ${state}`)
      const url = environment_url || target_url || log_url || body.repository.html_url
      const at = notAhead(created_at, receivedAt)
      const createdAt = body.deployment.created_at === null ? null : notAhead(body.deployment.created_at, receivedAt)
      return reading({ deployments: [{ ...factsOf(body, url), status, at, createdAt }] })
    })
  },
}

function factsOf({ deployment, repository }: z.output<typeof deploymentSchema>, url: string) {
  const { id, sha, ref, environment } = deployment
  const facts = toFacts({
    service: repository.name,
    environment: environment || 'production',
    // A ref may be the commit itself: that is no branch.
    branch: ref === sha ? '' : ref,
    commit: sha,
    commitMessage: '',
    url,
  })
  return { ...facts, source: 'github' as const, externalId: id }
}
