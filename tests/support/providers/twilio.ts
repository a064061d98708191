import { randomBytes } from 'node:crypto'
import { type Answer, type ReceivedRequest, type StandIn, startStandIn } from './stand-in.ts'

export interface SentSms {
  sid: string
  to: string
  from: string
  body: string
}

export interface TwilioStandIn extends StandIn {
  /** Every message that was taken. Twilio knows no idempotency key: a repetition is a second message. */
  sent: SentSms[]
}

/** Twilio's `POST /2010-04-01/Accounts/{sid}/Messages.json` (twilio.com/docs/messaging/api/message-resource). */
export async function startTwilio(accountSid: string, authToken: string): Promise<TwilioStandIn> {
  const sent: SentSms[] = []
  const standIn = await startStandIn((request) => answer(request, accountSid, authToken, sent))
  return { ...standIn, sent }
}

function answer(request: ReceivedRequest, accountSid: string, authToken: string, sent: SentSms[]): Answer {
  const { method, path, headers } = request
  if (method !== 'POST' || path !== `/2010-04-01/Accounts/${accountSid}/Messages.json`) {
    return refuse(404, 20404, `The requested resource ${path} was not found`)
  }
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  if (headers.authorization !== expected) return refuse(401, 20003, `Authenticate ${authToken}`)
  if (headers['content-type'] !== 'application/x-www-form-urlencoded')
    return refuse(415, 20415, 'Unsupported media type')
  const form = new URLSearchParams(request.body)
  const to = form.get('To') ?? ''
  const from = form.get('From') ?? form.get('MessagingServiceSid') ?? ''
  const body = form.get('Body') ?? ''
  if (!/^\+[1-9]\d{6,14}$/.test(to) || to.startsWith('+1500')) {
    return refuse(400, 21211, `The 'To' number ${to} is not a valid phone number.`)
  }
  if (from === '') return refuse(400, 21603, "A 'From' phone number is required.")
  if (body === '' || body.length > 1_600)
    return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
  const sid = `SM${randomBytes(16).toString('hex')}`
  sent.push({ sid, to, from, body })
  return { statusCode: 201, body: { sid, status: 'queued', to, from, body, error_code: null, error_message: null } }
}

function refuse(status: number, code: number, message: string): Answer {
  return {
    statusCode: status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  }
}
