import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { FeedbackSnippet } from './feedback-snippet.tsx'

const EXAMPLE = '{"id":"answer-0001","rating":4,"comment":"Quick and clear.","page":"/checkout"}'

interface Props {
  url: string
  siteKey: string | null
  keysHref: string
}

/** What would be here, and the two ways to get it: a line in a page, or a call from a server. */
export function FirstAnswer({ url, siteKey, keysHref }: Props) {
  const t = useTranslations('satisfaction.empty')
  return (
    <EmptyState title={t('title')} action={<ButtonLink href={keysHref}>{t('action')}</ButtonLink>}>
      {siteKey !== null && (
        <>
          <p>{t('browser')}</p>
          <FeedbackSnippet url={url} siteKey={siteKey} />
        </>
      )}
      <p className="mt-4">{t('server')}</p>
      <FirstCall path="/api/ingest/feedback" body={EXAMPLE} />
    </EmptyState>
  )
}
