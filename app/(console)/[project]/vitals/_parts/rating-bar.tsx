import { useLocale, useTranslations } from 'next-intl'
import type { VitalFigures } from '@/lib/ports/vital-reader.ts'

/** How page views are spread over the ratings, as a bar with its figures under it. */
export function RatingBar({ figures }: { figures: VitalFigures }) {
  const t = useTranslations('vitals.shares')
  const locale = useLocale()
  const { count, good, poor } = figures
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const parts = [
    { name: 'good', share: good / count, className: 'bg-up-strip' },
    { name: 'needs_improvement', share: (count - good - poor) / count, className: 'bg-degraded-strip' },
    { name: 'poor', share: poor / count, className: 'bg-ink-muted' },
  ] as const
  return (
    <div className="flex w-full min-w-40 flex-col gap-1 py-1 max-sm:min-w-[85vw]">
      <span aria-hidden="true" className="flex h-2 w-full gap-px overflow-hidden rounded-sm">
        {parts.map(({ name, share, className }) => (
          <span key={name} className={className} style={{ width: `${share * 100}%` }} />
        ))}
      </span>
      <span className="text-xs text-ink-muted tabular-nums">
        {parts
          .filter(({ share }) => share >= 0.005)
          .map(({ name, share }) => t(name, { share: percent.format(share) }))
          .join(' · ')}
      </span>
    </div>
  )
}
