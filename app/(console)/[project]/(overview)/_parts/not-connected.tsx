import { useTranslations } from 'next-intl'

/** Figures that have no source yet keep one quiet line, so that nobody takes their absence for a zero. */
export function NotConnected() {
  const t = useTranslations('overview')
  return <p className="text-sm text-ink-faint">{t('notConnected')}</p>
}
