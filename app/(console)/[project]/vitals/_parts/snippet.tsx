import { useTranslations } from 'next-intl'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'

/** What to paste into the pages of a site. */
export function Snippet({ url, publicKey }: { url: string; publicKey: string }) {
  const words = useTranslations('words')
  const text = `<script async src="${url}/vitals.js" data-site="${publicKey}"></script>`
  return (
    <div className="flex flex-col items-start gap-2">
      <pre className="w-full rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {text}
      </pre>
      <CopyButton text={text} label={words('copy')} copiedLabel={words('copied')} />
    </div>
  )
}
