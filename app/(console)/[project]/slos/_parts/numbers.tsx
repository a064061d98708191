import { useLocale, useTranslations } from 'next-intl'
import { formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { writePercent } from '@/lib/domain/slo/check.ts'
import { elapsedShare } from '@/lib/domain/slo/window.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { SloView } from '@/lib/queries/slos.ts'
import { write } from './slo-course.tsx'

/** Where every figure of the page comes from, as sums that can be done again by hand. */
export function Numbers({ view, now }: { view: SloView; now: Instant }) {
  const t = useTranslations('slos.numbers')
  const locale = useLocale()
  const { tally, budget, slo } = view
  if (tally === null || budget === null) return null
  const elapsed = elapsedShare(slo.window, now)
  const allowed = ((1 - slo.target) * tally.total) / elapsed
  const values = {
    good: write(tally.good, locale),
    total: write(tally.total, locale),
    bad: write(tally.total - tally.good, locale),
    sli: formatUptime(budget.sli, locale, 4),
    target: writePercent(slo.target, locale),
    allowed: write(allowed, locale),
    elapsed: formatUptime(elapsed, locale, 1),
    spent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(budget.spent),
  }
  return (
    <details className="text-sm">
      <summary className="inline-flex items-center rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('title')}
      </summary>
      <ul className="mt-2 flex flex-col gap-1 tabular-nums">
        <li>{t('sli', values)}</li>
        <li>{slo.window.kind === 'rolling' ? t('allowed', values) : t('allowedSoFar', values)}</li>
        <li>{t('spent', values)}</li>
        <li>{t(`method.${slo.method}`)}</li>
        {(slo.indicator.kind === 'latency' || slo.indicator.kind === 'web_vital') && <li>{t('buckets')}</li>}
      </ul>
    </details>
  )
}
