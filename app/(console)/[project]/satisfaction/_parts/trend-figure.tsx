import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { formatDay } from '@/app/_components/charts/time-ticks.ts'
import { RATINGS } from '@/lib/domain/feedback/answer.ts'
import { averageRating, countRatings, formatRating } from '@/lib/domain/feedback/ratings.ts'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { DAY, type Instant } from '@/lib/domain/time/instant.ts'
import { weekAt } from '@/lib/domain/time/week.ts'
import { describeTrend, type SatisfactionView } from '@/lib/queries/satisfaction.ts'

const WEEK = 7 * DAY

/** The average of each week; a week without an answer is a gap. */
export function TrendFigure({ view, timeZone, now }: { view: SatisfactionView; timeZone: string; now: Instant }) {
  const t = useTranslations('satisfaction')
  const locale = useLocale()
  const trend = describeTrend(view.weeks)
  const finding =
    trend === null
      ? t('trend.oneWeek')
      : t(trend.last > trend.first ? 'trend.rose' : trend.last < trend.first ? 'trend.fell' : 'trend.same', {
          first: formatRating(trend.first, locale),
          last: formatRating(trend.last, locale),
        })
  const points = view.weeks.flatMap(({ at, counts }) => {
    const value = averageRating(counts)
    return value === null ? [] : [{ at, value }]
  })
  return (
    <Figure
      title={t('trend.title')}
      finding={finding}
      table={{
        columns: [t('trend.week'), t('trend.average'), t('distribution.answers')],
        rows: view.weeks
          .toReversed()
          .map(({ at, counts }) => [
            formatDay(at, timeZone, locale),
            formatRating(averageRating(counts) ?? 0, locale),
            formatCount(countRatings(counts), locale),
          ]),
      }}
    >
      <SeriesChart
        lines={[{ group: [], points }]}
        unit=""
        scale={RATINGS}
        stepMs={WEEK}
        fromAt={view.from}
        // The Monday after belongs to it no more, and its label would stand half outside.
        toAt={weekAt(timeZone, now).endAt - 1}
        timeZone={timeZone}
        label={finding}
      />
    </Figure>
  )
}
