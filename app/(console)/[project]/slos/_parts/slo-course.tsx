import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { formatCount, formatCoverage } from '@/lib/domain/rollup/format-figures.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { DAY, type Instant } from '@/lib/domain/time/instant.ts'
import type { SloIncidents } from '@/lib/queries/slo-incidents.ts'
import type { SloView } from '@/lib/queries/slos.ts'
import { times } from './budget-left.tsx'

/** The budget over the window: what was left after each stretch of it, with the incidents as marks. */
export function SloCourse(props: { view: SloView; incidents: SloIncidents; now: Instant; timeZone: string }) {
  const t = useTranslations('slos')
  const locale = useLocale()
  const { view, now, timeZone } = props
  const { course, budget, window } = view
  if (budget === null) return null
  const left = (share: number) =>
    share < 0 ? t('spent', { times: times(1 - share, locale) }) : formatCoverage(share, locale)
  const worst = course.reduce((one, other) => (badOf(other) > badOf(one) ? other : one), course[0] ?? EMPTY)
  const finding =
    badOf(worst) === 0
      ? t('course.untouched', { count: props.incidents.incidents.length })
      : t('course.finding', {
          left: left(budget.left),
          worst: formatBriefIn(timeZone, worst.at, now, locale),
          bad: formatCount(Math.ceil(badOf(worst)), locale),
          count: props.incidents.incidents.length,
        })
  return (
    <Figure
      title={t('course.title')}
      finding={finding}
      table={{
        columns: [t('course.at'), t('numbers.good'), t('numbers.total'), t('columns.left')],
        rows: course
          .toReversed()
          .map((point) => [
            formatBriefIn(timeZone, point.at, now, locale),
            write(point.good, locale),
            write(point.total, locale),
            left(point.left),
          ]),
      }}
    >
      <SeriesChart
        lines={[{ group: [], points: course.map(({ at, left: share }) => ({ at, value: share * 100 })) }]}
        unit="%"
        stepMs={DAY}
        fromAt={window.from}
        toAt={window.until}
        timeZone={timeZone}
        label={finding}
        deployments={props.incidents.incidents.map(({ incident }) => ({
          at: incident.startedAt,
          name: `#${incident.number}`,
        }))}
      />
    </Figure>
  )
}

const EMPTY = { at: 0, stepMs: 0, good: 0, total: 0, left: 1 }

function badOf({ good, total }: { good: number; total: number }): number {
  return total - good
}

/** Slices that count by their share are no whole numbers. */
export function write(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(count)
}
