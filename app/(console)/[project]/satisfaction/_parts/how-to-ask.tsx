import { useTranslations } from 'next-intl'
import { FeedbackSnippet } from './feedback-snippet.tsx'

/** For the next page that should ask. */
export function HowToAsk({ url, siteKey }: { url: string; siteKey: string | null }) {
  const t = useTranslations('satisfaction.ask')
  if (siteKey === null) return null
  return (
    <details>
      <summary className="inline-flex items-center rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('title')}
      </summary>
      <p className="mt-2 max-w-[72ch] text-ink-muted">{t('text')}</p>
      <FeedbackSnippet url={url} siteKey={siteKey} />
    </details>
  )
}
