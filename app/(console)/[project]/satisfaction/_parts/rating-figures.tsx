import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { ShareBars } from '@/app/_components/charts/share-bars.tsx'
import { RATINGS } from '@/lib/domain/feedback/answer.ts'
import { formatRating } from '@/lib/domain/feedback/ratings.ts'
import { formatCount, formatCoverage } from '@/lib/domain/rollup/format-figures.ts'
import type { SatisfactionView } from '@/lib/queries/satisfaction.ts'

/** The average, never without how many said what: half ones and half fives are three on average, too. */
export function RatingFigures({ view }: { view: SatisfactionView }) {
  const t = useTranslations('satisfaction')
  const locale = useLocale()
  const { counts, count } = view
  const satisfied = counts[3] + counts[4]
  const finding = t('distribution.finding', {
    average: formatRating(view.average ?? 0, locale),
    count,
    share: formatCoverage(satisfied / count, locale),
  })
  const rows = RATINGS.toReversed().map((rating) => ({
    rating,
    name: `${rating} · ${t(`ratings.${rating}`)}`,
    count: counts[rating - 1] ?? 0,
  }))
  const highest = Math.max(...counts)
  return (
    <Figure
      title={t('distribution.title')}
      finding={finding}
      table={{
        columns: [t('distribution.rating'), t('distribution.answers'), t('distribution.share')],
        rows: rows.map((row) => [row.name, formatCount(row.count, locale), formatCoverage(row.count / count, locale)]),
      }}
    >
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold tracking-tight tabular-nums">
          {formatRating(view.average ?? 0, locale)}
        </span>
        <span className="text-ink-muted">{t('distribution.of', { count })}</span>
      </p>
      <ShareBars
        label={finding}
        bars={rows.map((row) => ({
          key: row.rating,
          label: row.name,
          length: row.count / highest,
          value: formatCount(row.count, locale),
        }))}
      />
    </Figure>
  )
}
