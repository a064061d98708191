import { useLocale, useTranslations } from 'next-intl'
import { CORE_VITALS, rateVital } from '@/lib/domain/vital/vital.ts'
import type { VitalsPage } from '@/lib/queries/vitals.ts'
import { formatVital } from './format-vital.ts'

/** Whether the pages pass, and what is in the way. */
export function Assessment({ page }: { page: VitalsPage }) {
  const t = useTranslations('vitals')
  const locale = useLocale()
  const failing = CORE_VITALS.flatMap((vital) => {
    const figures = page.answer.totals[vital]
    if (figures === undefined || rateVital(vital, figures.p75) === 'good') return []
    return [t('assessment.one', { name: t(`short.${vital}`), p75: formatVital(vital, figures.p75, locale) })]
  })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(failing)
  return t(`assessment.${page.assessment}`, { list })
}
