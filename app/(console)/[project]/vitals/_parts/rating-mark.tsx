import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { Rating } from '@/lib/domain/vital/vital.ts'

/** Red stays the colour of what is down now: what is poor stands out by its shape and by ink. */
const LOOKS: Record<Rating, { icon: IconName; className: string }> = {
  good: { icon: 'circle-check', className: 'text-up' },
  needs_improvement: { icon: 'triangle-alert', className: 'text-degraded' },
  poor: { icon: 'octagon-x', className: 'text-ink' },
}

/** A rating as shape, word and colour. `brief` leaves the word to screen readers, for cells whose figure stands beside. */
export function RatingMark({ rating, brief = false }: { rating: Rating; brief?: boolean }) {
  const t = useTranslations('vitals.ratings')
  const { icon, className } = LOOKS[rating]
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${className}`}>
      <Icon name={icon} />
      <span className={brief ? 'sr-only' : ''}>{t(rating)}</span>
    </span>
  )
}
