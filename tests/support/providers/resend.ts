import { randomUUID } from 'node:crypto'
import { type Answer, type ReceivedRequest, type StandIn, startStandIn } from './stand-in.ts'

export interface SentMail {
  id: string
  idempotencyKey: string | null
  from: string
  to: string[]
  subject: string
  html: string
  text: string
  attachments: { filename: string; content: string; content_id?: string; content_type?: string }[]
}

export interface ResendStandIn extends StandIn {
  /** Mails that were taken, without the repetitions that an idempotency key recognised. */
  sent: SentMail[]
}

/**
 * Resend's `POST /emails` (resend.com/docs/api-reference): key checked, required fields checked, and an idempotency key that answers
 * the same id to the same body and 409 to another.
 */
export async function startResend(apiKey: string): Promise<ResendStandIn> {
  const sent: SentMail[] = []
  const byKey = new Map<string, { body: string; id: string }>()
  const standIn = await startStandIn((request) => answer(request, apiKey, sent, byKey))
  return { ...standIn, sent }
}

function answer(
  { method, path, headers, body }: ReceivedRequest,
  apiKey: string,
  sent: SentMail[],
  byKey: Map<string, { body: string; id: string }>,
): Answer {
  if (method !== 'POST' || path !== '/emails') return refuse(404, 'not_found', 'The requested endpoint does not exist')
  if (headers.authorization === undefined)
    return refuse(401, 'missing_api_key', 'Missing API key in the authorization header')
  // The real one repeats nothing of the key; this one does, so that tests prove that we hide it.
  if (headers.authorization !== `Bearer ${apiKey}`) {
    return refuse(403, 'invalid_api_key', `API key is invalid: ${headers.authorization}`)
  }
  const mail = JSON.parse(body) as Partial<SentMail>
  const missing = (['from', 'to', 'subject'] as const).find((field) => mail[field] === undefined)
  if (missing !== undefined) return refuse(422, 'missing_required_field', `Missing \`${missing}\` field`)
  const wrong = [mail.to ?? []].flat().find((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
  if (wrong !== undefined) {
    return refuse(
      422,
      'validation_error',
      'Invalid `to` field. The email address needs to follow the `email@example.com` format',
    )
  }
  const key = headers['idempotency-key']?.toString() ?? null
  const known = key === null ? undefined : byKey.get(key)
  if (known !== undefined && known.body !== body) {
    const message = 'Same idempotency key used with a different request payload.'
    return refuse(409, 'invalid_idempotent_request', message)
  }
  if (known !== undefined) return { statusCode: 200, body: { id: known.id } }
  const id = randomUUID()
  if (key !== null) byKey.set(key, { body, id })
  sent.push({
    from: '',
    subject: '',
    html: '',
    text: '',
    ...mail,
    to: [mail.to ?? []].flat(),
    attachments: mail.attachments ?? [],
    id,
    idempotencyKey: key,
  })
  return { statusCode: 200, body: { id } }
}

function refuse(statusCode: number, name: string, message: string): Answer {
  return { statusCode, body: { statusCode, name, message } }
}
