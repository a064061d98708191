import { useTranslations } from 'next-intl'
import { MailFrame } from '@/app/_components/ui/mail-frame.tsx'
import type { OutboxMessage } from '@/lib/ports/channel-reader.ts'

/** The mail rendered, and its plain text behind a toggle. */
export function MailPreview({ message }: { message: OutboxMessage }) {
  const t = useTranslations('outbox.mail')
  return (
    <div className="flex flex-col gap-4">
      {message.html !== null && <MailFrame title={t('frame')} html={message.html} />}
      <details open={message.html === null}>
        <summary className="inline-flex items-center rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          {t('text')}
        </summary>
        <pre className="mt-2 border-y border-line py-3 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
          {message.text}
        </pre>
      </details>
    </div>
  )
}
