import { useTranslations } from 'next-intl'
import { ButtonLink } from './button.tsx'

/** Newer and older links of a keyset-paged list; nothing where everything fits on one page. */
export function Pagination({ newerHref, olderHref }: { newerHref: string | null; olderHref: string | null }) {
  const t = useTranslations('words')
  if (newerHref === null && olderHref === null) return null
  return (
    <nav aria-label={t('pages')} className="flex justify-between gap-2">
      {newerHref === null ? (
        <span />
      ) : (
        <ButtonLink href={newerHref} rel="prev" icon="chevron-left">
          {t('newer')}
        </ButtonLink>
      )}
      {olderHref !== null && (
        <ButtonLink href={olderHref} rel="next">
          {t('older')}
        </ButtonLink>
      )}
    </nav>
  )
}
