import { z } from 'zod'
import type { DeploymentStatus } from '../../../domain/deployment/deployment.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ReadWebhook, WebhookFormat } from '../../../ports/webhook-format.ts'
import { firstIssue } from '../first-issue.ts'
import { idSchema, notAhead, optionalText, optionalUrl, timeSchema, toFacts } from '../webhook/fields.ts'
import { passOver, readBody, reading } from '../webhook/read-body.ts'
import { judgeHmac } from '../webhook/signature.ts'

/** https://vercel.com/docs/webhooks/webhooks-api; events that are not here change nothing about a deployment. */
const STATUSES: Record<string, DeploymentStatus> = {
  'deployment.created': 'building',
  'deployment.ready': 'succeeded',
  'deployment.succeeded': 'succeeded',
  'deployment.promoted': 'succeeded',
  'deployment.error': 'failed',
  'deployment.canceled': 'canceled',
  'deployment.cleanup': 'removed',
}

const envelope = z.object({ type: z.string(), createdAt: timeSchema, payload: z.unknown() })

const payloadSchema = z.object({
  deployment: z.object({
    id: idSchema,
    name: optionalText(200),
    url: optionalText(500),
    meta: z.record(z.string(), z.unknown()).catch({}),
  }),
  links: z.object({ deployment: optionalUrl }).catch({ deployment: '' }),
  target: optionalText(100),
})

/** Vercel's own record of where the code came from has a name for each host of repositories. */
const HOSTS = ['github', 'gitlab', 'bitbucket'] as const

export const vercelWebhook: WebhookFormat = {
  kind: 'vercel',
  judge: ({ text, headers }, secret) => judgeHmac('sha1', { text, secret, given: headers.get('x-vercel-signature') }),
  deliveryId: ({ text }) => {
    const body = /^\s*\{/.test(text) ? readBody(text, z.object({ id: idSchema }), ({ id }) => passOver(id)) : null
    return body?.ok ? body.reading.passedOver : null
  },
  read: ({ text }, receivedAt) => readBody(text, envelope, (event) => readEvent(event, receivedAt)),
}

function readEvent({ type, createdAt, payload }: z.output<typeof envelope>, receivedAt: Instant): ReadWebhook {
  const status = Object.hasOwn(STATUSES, type) ? STATUSES[type] : undefined
  if (status === undefined) return passOver(type)
  const parsed = z.object({ payload: payloadSchema }).safeParse({ payload })
  if (!parsed.success) return { ok: false, ...firstIssue(parsed.error, '') }
  const { deployment, links, target } = parsed.data.payload
  const of = (what: string) =>
    HOSTS.map((host) => deployment.meta[`${host}${what}`]).find((value) => typeof value === 'string') ?? ''
  const facts = toFacts({
    service: deployment.name,
    // Vercel says nothing of an environment where it means a preview.
    environment: type === 'deployment.promoted' ? 'production' : target || 'preview',
    branch: optionalText(250).parse(of('CommitRef')),
    commit: optionalText(64).parse(of('CommitSha')),
    commitMessage: optionalText(2_000).parse(of('CommitMessage')),
    url: links.deployment || optionalUrl.parse(`https://${deployment.url}`),
  })
  const at = notAhead(createdAt, receivedAt)
  return reading({
    deployments: [{ ...facts, source: 'vercel', externalId: deployment.id, status, at, createdAt: null }],
  })
}
