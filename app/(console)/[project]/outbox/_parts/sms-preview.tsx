import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { countSegments } from '@/lib/queries/outbox.ts'

/** The text as a telephone shows it, and how it would be billed. */
export function SmsPreview({ text }: { text: string }) {
  const t = useTranslations('outbox.sms')
  const { segments, length, encoding } = countSegments(text)
  return (
    <div className="flex max-w-md flex-col gap-3">
      <p className="rounded-lg border border-line-strong bg-surface px-4 py-3 text-lg whitespace-pre-wrap [overflow-wrap:anywhere]">
        <Linked text={text} />
      </p>
      <p className="text-sm text-ink-muted">{t('segments', { segments, length, encoding })}</p>
    </div>
  )
}

/** Telephones make links of addresses; so does this, for http(s) alone. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => {
    const key = `${index} ${part}`
    if (!/^https?:\/\//.test(part)) return <Fragment key={key}>{part}</Fragment>
    return (
      <a key={key} href={part} className="underline underline-offset-4">
        {part}
      </a>
    )
  })
}
