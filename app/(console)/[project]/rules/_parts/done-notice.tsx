import { useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { Query } from '../_request.ts'
import { restore } from '../actions.ts'

/** What became of a rule that is not there to say it itself, and the way back. */
export function DoneNotice({ slug, query }: { slug: string; query: Query }) {
  const t = useTranslations('rules.done')
  if (query.done === 'unrestored') {
    return (
      <Notice tone="warning" live>
        {t('unrestored')}
      </Notice>
    )
  }
  if (query.done !== 'deleted') return null
  const undo =
    typeof query.gone !== 'string' ? null : (
      <form action={restore.bind(null, slug, query.gone)}>
        <SubmitButton size="small">{t('undo')}</SubmitButton>
      </form>
    )
  return (
    <Notice tone="success" live action={undo}>
      {t('deleted')}
    </Notice>
  )
}
