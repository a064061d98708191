import { createHash } from 'node:crypto'
import type { IntegrationError } from '../../lib/domain/deployment/integration.ts'
import type { Clock } from '../../lib/ports/clock.ts'
import type { WebhookCall, WebhookFormat, WebhookReading } from '../../lib/ports/webhook-format.ts'
import type { FoundIntegration, WebhookOutcome, WebhookStore } from '../../lib/ports/webhook-store.ts'
import { receiveBody } from './ingest-body.ts'
import { type Note, type PostDependencies, postFunction } from './post.ts'
import { problem } from './problem.ts'
import { readWebhookPath } from './webhook-path.ts'

export interface WebhookDependencies extends PostDependencies {
  clock: Pick<Clock, 'now'>
  store: WebhookStore
  /** Opens what `SecretBox` sealed. */
  openSecret(ciphertext: string): string
  /** Calls of one connection. */
  perMinute: number
}

const JSON_BODY = {
  mediaTypes: ['application/json'],
  mediaTypeHint: 'Choose JSON as content type in the settings of the webhook',
}

/**
 * An address that a platform calls: the key in it names the connection, the signature over the body as it came proves who calls. What is
 * refused is noted for the admins. The same call again is answered 200 and changes nothing; the log names neither key nor secret.
 */
export function webhookFunction(wire: () => WebhookDependencies, format: WebhookFormat) {
  return postFunction(wire, (request, deps, note) => receive(request, deps, note, format), {
    pathOf: () => `/api/ingest/${format.kind}`,
  })
}

async function receive(
  request: Request,
  deps: WebhookDependencies,
  note: Note,
  format: WebhookFormat,
): Promise<Response> {
  const { key, secret: addressSecret } = readWebhookPath(new URL(request.url), format.kind)
  const found = key === null ? null : await deps.store.find(format.kind, key)
  if (found === null) return problem(404, { detail: 'There is no such address. Copy it from Settings, Integrations.' })
  note({ integrationId: found.id })
  const refuse = refuser(deps, found)
  const body = await receiveBody(request, JSON_BODY)
  if (!body.ok) {
    const code = body.status === 415 ? 'media_type' : body.status === 413 ? 'too_large' : 'unreadable'
    return refuse(body.status, code, body, body.headers)
  }
  const call = { text: body.text, headers: request.headers, addressSecret }
  const verdict = judge(deps, found, format, call)
  if (verdict !== 'right') return refuse(401, verdict, { field: '', message: UNPROVEN[verdict] })
  const read = format.read(call, deps.clock.now())
  if (!read.ok) return refuse(400, 'unreadable', read)
  const { reading } = read
  note({ deployments: reading.deployments.length, issues: reading.issues.length })
  const digests = digestsOf(found.id, format, call)
  const outcome = await deps.store.store(
    { ...reading, integrationId: found.id, kind: format.kind, digests },
    deps.perMinute,
  )
  return answer(outcome, reading)
}

const UNPROVEN = {
  no_secret: 'The secret of this connection is not known here yet. Paste it under Settings, Integrations.',
  signature_missing: 'The call is not signed. Set the secret of this connection on the platform.',
  signature_wrong: 'The signature does not fit. The secret on the platform must be that of this connection.',
} as const

function judge(
  deps: WebhookDependencies,
  { secretCiphertext }: FoundIntegration,
  format: WebhookFormat,
  call: WebhookCall,
): 'right' | keyof typeof UNPROVEN {
  if (secretCiphertext === null) return 'no_secret'
  const verdict = format.judge(call, deps.openSecret(secretCiphertext))
  return verdict === 'right' ? 'right' : `signature_${verdict}`
}

function refuser({ store }: WebhookDependencies, { id }: FoundIntegration) {
  return async (
    status: number,
    code: IntegrationError,
    { field, message }: { field: string; message: string },
    headers?: Record<string, string>,
  ): Promise<Response> => {
    const detail = status === 401 ? message : `${field === '' ? 'The body' : field} ${message}.`
    await store.refuse(id, code, detail)
    const errors = status === 401 ? {} : { errors: [{ field, message }] }
    return problem(status, { detail, ...errors, ...(headers ? { headers } : {}) })
  }
}

/** The body, and the platform's id of the delivery: either one again means the same call again. */
function digestsOf(integrationId: string, format: WebhookFormat, call: WebhookCall): string[] {
  const digest = (what: string, text: string) =>
    createHash('sha256').update(`${integrationId}\n${what}\n${text}`).digest('hex')
  const deliveryId = format.deliveryId(call)
  return [digest('body', call.text), ...(deliveryId === null ? [] : [digest('delivery', deliveryId)])]
}

function answer(outcome: WebhookOutcome, { deployments, issues, series, passedOver }: WebhookReading): Response {
  switch (outcome.kind) {
    case 'gone':
      return problem(404, { detail: 'This connection was deleted or switched off.' })
    case 'too_many': {
      const detail = `This connection is called too often. Wait ${outcome.retryAfterSeconds} s; RATE_LIMIT_MAX sets the limit.`
      return problem(429, { detail, headers: { 'retry-after': String(outcome.retryAfterSeconds) } })
    }
    case 'replay':
    case 'stored':
      return Response.json({
        accepted: deployments.length + issues.length + series.length,
        ...(passedOver === null ? {} : { passedOver }),
        replayed: outcome.kind === 'replay',
      })
  }
}
