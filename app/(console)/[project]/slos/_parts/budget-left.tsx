import { useLocale, useTranslations } from 'next-intl'
import { formatCoverage } from '@/lib/domain/rollup/format-figures.ts'
import type { Budget } from '@/lib/domain/slo/budget.ts'

/** What is left of the budget as a bar, and in words. */
export function BudgetLeft({ budget }: { budget: Budget | null }) {
  const t = useTranslations('slos')
  const locale = useLocale()
  if (budget === null) return <span className="text-ink-faint">–</span>
  const { left, spent } = budget
  const isOver = left <= 0
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className="h-2 w-16">
        <rect width="100" height="8" rx="2" fill="var(--line)" />
        <rect
          width={Math.max(0, Math.min(1, left)) * 100}
          height="8"
          rx="2"
          fill={left < 0.2 ? 'var(--degraded-strip)' : 'var(--up-strip)'}
        />
      </svg>
      {isOver ? t('spent', { times: times(spent, locale) }) : t('left', { share: formatCoverage(left, locale) })}
    </span>
  )
}

/** Three digits at most, two of them behind the point. */
export function times(rate: number, locale: string): string {
  const maximumFractionDigits = rate < 10 ? 2 : rate < 100 ? 1 : 0
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(rate)
}
