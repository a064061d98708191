import { render } from 'react-email'
import type { OutgoingMessage } from '../../../domain/notification/message.ts'
import { writePlainText } from '../../../domain/notification/plain-text.ts'
import { writeText } from '../../../domain/notification/text.ts'
import { NotificationMail } from './notification-mail.tsx'

export interface RenderedMail {
  subject: string
  html: string
  text: string
}

/** Renders a notification as a mail. The same message gives the same bytes: Resend refuses a repeated key with another body. */
export async function renderNotification(message: OutgoingMessage): Promise<RenderedMail> {
  const text = writeText(message)
  return { subject: text.subject, html: await render(<NotificationMail text={text} />), text: writePlainText(text) }
}
