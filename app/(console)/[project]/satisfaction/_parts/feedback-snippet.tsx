import { useTranslations } from 'next-intl'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'

/** The line that puts the question on a page. */
export function FeedbackSnippet({ url, siteKey }: { url: string; siteKey: string }) {
  const t = useTranslations('words')
  const line = `<script src="${url}/feedback.js" data-site="${siteKey}" data-speed defer></script>`
  return (
    <div className="mt-3 flex flex-wrap items-start gap-2">
      <pre className="min-w-0 flex-1 basis-80 rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {line}
      </pre>
      <CopyButton text={line} label={t('copy')} copiedLabel={t('copied')} />
    </div>
  )
}
