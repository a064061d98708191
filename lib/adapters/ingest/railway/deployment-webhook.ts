import { z } from 'zod'
import type { DeploymentStatus } from '../../../domain/deployment/deployment.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ReadWebhook, WebhookFormat } from '../../../ports/webhook-format.ts'
import { idSchema, notAhead, optionalText, timeSchema, toFacts } from '../webhook/fields.ts'
import { passOver, readBody, reading } from '../webhook/read-body.ts'
import { judgeSecret } from '../webhook/signature.ts'

/** Of the older message (`status`) and of the newer one (`Deployment.<event>`), in small letters: https://docs.railway.com/guides/webhooks */
const STATUSES: Record<string, DeploymentStatus> = {
  queued: 'queued',
  waiting: 'queued',
  initializing: 'queued',
  needs_approval: 'queued',
  created: 'queued',
  building: 'building',
  deploying: 'building',
  success: 'succeeded',
  deployed: 'succeeded',
  completed: 'succeeded',
  failed: 'failed',
  crashed: 'crashed',
  oom_killed: 'crashed',
  restarted: 'restarted',
  canceled: 'canceled',
  cancelled: 'canceled',
  skipped: 'canceled',
  removed: 'removed',
}

const named = z.object({ id: optionalText(200), name: optionalText(200) }).catch({ id: '', name: '' })
const commit = { branch: optionalText(250), commitHash: optionalText(64), commitMessage: optionalText(2_000) }
const NO_COMMIT = { branch: '', commitHash: '', commitMessage: '' }

const older = z.object({
  timestamp: timeSchema,
  status: z.string(),
  project: named,
  environment: named,
  service: named,
  deployment: z.object({ id: idSchema, meta: z.object(commit).catch(NO_COMMIT) }),
})

const newer = z.object({
  type: z.string(),
  timestamp: timeSchema,
  details: z.object(commit).catch(NO_COMMIT),
  resource: z.object({
    project: named,
    environment: named,
    service: named,
    deployment: z.object({ id: idSchema }),
  }),
})

/** Railway signs nothing and gives its deliveries no id: the secret stands in the address, and a repeated body is a repeated call. */
export const railwayWebhook: WebhookFormat = {
  kind: 'railway',
  judge: ({ addressSecret }, secret) => judgeSecret(addressSecret, secret),
  deliveryId: () => null,
  read: ({ text }, receivedAt) =>
    readBody(text, z.looseObject({ type: z.string() }), (body) => {
      if (body.type === 'DEPLOY') return readOlder(text, receivedAt)
      return body.type.startsWith('Deployment.') ? readNewer(text, receivedAt) : passOver(body.type)
    }),
}

function readOlder(text: string, receivedAt: Instant): ReadWebhook {
  return readBody(text, older, ({ status, timestamp, deployment, ...where }) =>
    toReading(status, { at: notAhead(timestamp, receivedAt), id: deployment.id, ...where, ...deployment.meta }),
  )
}

function readNewer(text: string, receivedAt: Instant): ReadWebhook {
  return readBody(text, newer, ({ type, timestamp, details, resource: { deployment, ...where } }) =>
    toReading(type.slice('Deployment.'.length), {
      at: notAhead(timestamp, receivedAt),
      id: deployment.id,
      ...where,
      ...details,
    }),
  )
}

interface Told {
  at: Instant
  id: string
  project: { id: string; name: string }
  environment: { name: string }
  service: { id: string; name: string }
  branch: string
  commitHash: string
  commitMessage: string
}

function toReading(event: string, told: Told): ReadWebhook {
  const name = event.toLowerCase()
  const status = Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined
  if (status === undefined) return passOver(`Deployment.${event}`)
  const { at, id, project, environment, service, branch, commitHash, commitMessage } = told
  const facts = toFacts({
    service: service.name || project.name,
    environment: environment.name || 'production',
    branch,
    commit: commitHash,
    commitMessage,
    url: linkOf(project.id, service.id),
  })
  return reading({ deployments: [{ ...facts, source: 'railway', externalId: id, status, at, createdAt: null }] })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Where Railway shows it; empty when the ids are not of the kind that stands in its addresses. */
function linkOf(projectId: string, serviceId: string): string {
  if (!UUID.test(projectId)) return ''
  return `https://railway.com/project/${projectId}${UUID.test(serviceId) ? `/service/${serviceId}` : ''}`
}
