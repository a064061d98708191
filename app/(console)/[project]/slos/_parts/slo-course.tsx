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
    share < 0 ? t('spent', { times: times(1 - share, locale) }) : t('left', { share: formatCoverage(share, locale) })
  const isOver = course.some((point) => point.left < 0)
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
        lines={[{ group: [], points: linePoints(course) }]}
        unit="%"
        scale={isOver ? [LOWEST, -50, 0, 50, 100] : [0, 25, 50, 75, 100]}
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

/**
 * A stretch is a UTC day, or an hour at the ends of the window; what is left stands at its end, and the whole budget at the beginning. The chart
 * draws a point half a step after its time.
 */
function linePoints(course: SloView['course']): { at: Instant; value: number }[] {
  const [first] = course
  const ends = course.map(({ at, stepMs, left }) => ({
    at: at + stepMs - DAY / 2,
    value: Math.max(LOWEST, left * 100),
  }))
  return first === undefined ? [] : [{ at: first.at - DAY / 2, value: 100 }, ...ends]
}

/** Where the drawing ends: a budget that is spent a hundred times would leave no room for how that came about. The table has it. */
const LOWEST = -100

const EMPTY = { at: 0, stepMs: 0, good: 0, total: 0, left: 1 }

function badOf({ good, total }: { good: number; total: number }): number {
  return total - good
}

/** Slices that count by their share are no whole numbers. */
export function write(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(count)
}
