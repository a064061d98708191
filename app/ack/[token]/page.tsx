import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Wordmark } from '@/app/_components/frame/wordmark.tsx'
import { readAcknowledgeLink } from '@/lib/queries/acknowledge-link.ts'
import { wireAcknowledge } from '@/lib/wiring/people.ts'
import { LinkedIncidentView } from './linked-incident.tsx'

interface Props {
  params: Promise<{ token: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  // The address is the right to acknowledge: no other site that is opened from here may learn it. Not `no-referrer`: with it a browser
  // sends `Origin: null` with the form (Fetch, "append a request Origin header"), and Next refuses an action of unknown origin.
  return { title: (await getTranslations('ack'))('title'), referrer: 'same-origin' }
}

/**
 * Where the link of a message leads. Opening it shows what it is about and changes nothing, because mail scanners and link previews open it
 * first; the one button acknowledges. Dark whatever the system says: it is opened on a telephone at night.
 */
export default async function AcknowledgePage({ params }: Props) {
  const { token } = await params
  const { clock, verifier, store } = wireAcknowledge()
  const now = clock.now()
  const link = await readAcknowledgeLink({ verifier, store }, token, now)
  const t = await getTranslations('ack')
  const locale = await getLocale()
  if (link.state === 'found') {
    return (
      <Night>
        <LinkedIncidentView incident={link.incident} token={token} now={now} locale={locale} />
      </Night>
    )
  }
  return (
    <Night>
      <h1 className="text-2xl font-semibold tracking-tight">{t(`${link.state}.title`)}</h1>
      <p className="text-lg text-ink-muted">{t(`${link.state}.text`)}</p>
      <a href="/" className="self-start text-lg underline underline-offset-4">
        {t('openDashboard')}
      </a>
    </Night>
  )
}

function Night({ children }: { children: ReactNode }) {
  return (
    <div data-night className="min-h-dvh bg-canvas text-ink">
      <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col gap-6 px-5 py-8">
        <Wordmark />
        {children}
      </main>
    </div>
  )
}
