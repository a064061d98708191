import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { rateVital, VITAL_ALERT_LIMITS, VITAL_BOUNDS, type Vital } from '@/lib/domain/vital/vital.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import type { VitalRequest, VitalsPage } from '@/lib/queries/vitals.ts'
import { formatVital } from './format-vital.ts'
import { type Limit, VitalChart } from './vital-chart.tsx'

/** One metric over time, with what it is in words. */
export function TrendFigure(props: {
  page: VitalsPage
  request: VitalRequest
  marks: readonly LiveMark[]
  timeZone: string
}) {
  const t = useTranslations('vitals')
  const locale = useLocale()
  const { page, request, marks, timeZone } = props
  const vital = request.metric
  const points = page.answer.trend[vital] ?? []
  const total = page.answer.totals[vital]
  const highest = points.reduce((best, point) => (point.p75 > best.p75 ? point : best), points[0] ?? { at: 0, p75: 0 })
  const time = (at: number) => formatBriefIn(timeZone, at, page.until, locale)
  const measured =
    total === undefined
      ? t('trend.nothing')
      : t('trend.finding', {
          p75: formatVital(vital, total.p75, locale),
          rating: t(`ratings.${rateVital(vital, total.p75)}`),
          count: total.count,
          highest: formatVital(vital, highest.p75, locale),
          at: time(highest.at),
        })
  const finding = marks.length === 0 ? measured : `${measured} ${t('trend.deployments', { count: marks.length })}`
  return (
    <Figure
      title={t('trend.title', { name: t(`names.${vital}`) })}
      finding={finding}
      table={{
        columns: [t('trend.time'), t('metrics.p75'), t('metrics.rating'), t('metrics.count')],
        rows: points
          .map(({ at, p75, count }) => [
            time(at),
            formatVital(vital, p75, locale),
            t(`ratings.${rateVital(vital, p75)}`),
            formatCount(count, locale),
          ])
          .toReversed(),
      }}
    >
      <VitalChart
        vital={vital}
        points={points}
        limits={limitsOf(vital, (kind, value) => t(`limits.${kind}`, { value: formatVital(vital, value, locale) }))}
        stepMs={page.stepMs}
        fromAt={page.from}
        toAt={page.until}
        timeZone={timeZone}
        label={finding}
        deployments={marks}
      />
    </Figure>
  )
}

/** Up to where it is good, and from where on the guides want an alert; without such a limit, from where on it is poor. */
function limitsOf(vital: Vital, say: (kind: 'good' | 'alert' | 'poor', value: number) => string): Limit[] {
  const [good, poor] = VITAL_BOUNDS[vital]
  const alert = VITAL_ALERT_LIMITS[vital]
  const upper =
    alert === null ? { value: poor, label: say('poor', poor) } : { value: alert, label: say('alert', alert) }
  return upper.value > good ? [{ value: good, label: say('good', good) }, upper] : [upper]
}
