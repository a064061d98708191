import { type CreateEmailOptions, type ErrorResponse, Resend } from 'resend'
import type { DeliveryResult } from '../../../domain/delivery/result.ts'
import { toOneLine } from '../../../domain/notification/one-line.ts'
import { hideSecrets } from '../../../domain/probe/quote.ts'
import type { Mailer, MailMessage, Outbox } from '../../../ports/channel.ts'
import type { Clock } from '../../../ports/clock.ts'
import { readRetryAfter } from '../classify-response.ts'

const TIMEOUT_MS = 15_000
const DEFAULT_BASE_URL = 'https://api.resend.com'

export interface ResendOptions {
  apiKey: string
  /** `Vigie <alerts@example.com>`; the domain must be verified at Resend. */
  from: string
  /** A stand-in; Resend itself when null. */
  baseUrl: string | null
}

/** Mails through Resend, or into the local outbox when `resend` is null. */
export function createMailer({
  resend,
  outbox,
  clock,
}: {
  resend: ResendOptions | null
  outbox: Outbox
  clock: Clock
}): Mailer {
  return { send: (mail) => (resend === null ? keepMail(mail, outbox) : sendMail(mail, resend, clock)) }
}

async function keepMail(mail: MailMessage, outbox: Outbox): Promise<DeliveryResult> {
  const { idempotencyKey: id, projectId, to, subject, text } = mail
  await outbox.keep({ id, projectId, channelKind: 'email', to, subject, html: inlineImages(mail), text, blocks: null })
  return {
    outcome: 'delivered',
    detail: 'Kept in the outbox: Resend is not configured.',
    providerId: null,
    viaOutbox: true,
  }
}

/** The outbox has no attachments; a `data:` address shows the same picture where `cid:` would show none. */
function inlineImages({ html, attachments }: MailMessage): string {
  return attachments.reduce((shown, { contentId, contentType, content }) => {
    const dataUrl = `data:${contentType};base64,${Buffer.from(content).toString('base64')}`
    return shown.replaceAll(`"cid:${contentId}"`, `"${dataUrl}"`)
  }, html)
}

async function sendMail(
  mail: MailMessage,
  { apiKey, from, baseUrl }: ResendOptions,
  clock: Clock,
): Promise<DeliveryResult> {
  // A key with a line break would make `Headers` throw an error that quotes it.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    return { outcome: 'rejected', detail: 'RESEND_API_KEY holds a character that no key has.', statusCode: null }
  }
  const resend = new Resend(apiKey, { baseUrl: (baseUrl ?? DEFAULT_BASE_URL).replace(/\/$/, ''), userAgent: 'Vigie' })
  const { data, error, headers } = await resend.emails.send(writeMail(mail, from), {
    idempotencyKey: mail.idempotencyKey,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (error === null) return { outcome: 'delivered', detail: 'Resend took it', providerId: data.id, viaOutbox: false }
  return classifyError(error, readRetryAfter(headers?.['retry-after'], clock.now()), apiKey)
}

function writeMail({ to, subject, html, text, attachments }: MailMessage, from: string): CreateEmailOptions {
  return {
    from,
    to,
    subject,
    html,
    text,
    ...(attachments.length === 0
      ? {}
      : {
          attachments: attachments.map(({ filename, contentId, contentType, content }) => ({
            filename,
            contentId,
            contentType,
            content: Buffer.from(content).toString('base64'),
          })),
        }),
  }
}

/** The SDK gives a parsed error in place of a response, and no status when there was no answer or it was cut short. */
function classifyError(error: ErrorResponse, retryAfterMs: number | null, apiKey: string): DeliveryResult {
  const { statusCode } = error
  if (statusCode === null) {
    const detail = 'Resend was not reached, or did not answer in time.'
    return { outcome: 'retry', detail, statusCode, retryAfterMs: null, uncertain: true }
  }
  const detail = `Resend answered ${statusCode}: ${toOneLine(hideSecrets(`${error.name}, ${error.message}`, [apiKey]), 200)}`
  const isPassing =
    statusCode >= 500 || [408, 425, 429].includes(statusCode) || error.name === 'concurrent_idempotent_requests'
  if (isPassing) return { outcome: 'retry', detail, statusCode, retryAfterMs, uncertain: false }
  // 410 of a mail API says nothing of the recipient, so it never switches a channel off.
  return { outcome: 'rejected', detail, statusCode }
}
