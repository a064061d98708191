import { createHash } from 'node:crypto'
import type { Mailer } from '../ports/channel.ts'
import type { AuthMail } from './database/supabase-lite.ts'

export interface AuthMailOptions {
  /** Made when the first mail is sent: the environment is complete only then. */
  mailer: () => Promise<Mailer>
  /** False: the mail stays in the outbox, which shows nobody sign-in links, so the link is printed for whoever runs this. */
  isDelivered: boolean
  say: (line: string) => void
}

/** Sends what the embedded auth server writes (sign-in links, recoveries) the way all other mail goes. */
export function createAuthMailSender(options: AuthMailOptions): (mail: AuthMail) => Promise<void> {
  return async (mail) => {
    if (!options.isDelivered) options.say(`${mail.subject}, for ${mail.to}: ${findLink(mail.text) ?? mail.text}`)
    const mailer = await options.mailer()
    const result = await mailer.send({
      // The link in it is made once and never again.
      idempotencyKey: `auth-${createHash('sha256')
        .update(mail.to + mail.text)
        .digest('hex')
        .slice(0, 32)}`,
      projectId: null,
      to: [mail.to],
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      attachments: [],
    })
    if (result.outcome !== 'delivered') throw new Error(`the mail "${mail.subject}" was not sent: ${result.detail}`)
  }
}

function findLink(text: string): string | null {
  return /https?:\/\/\S+/.exec(text)?.[0] ?? null
}
