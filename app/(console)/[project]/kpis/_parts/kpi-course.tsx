import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { formatFigure } from '@/lib/domain/kpi/format-figure.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { COURSE_STEP_MS, type KpiView } from '@/lib/queries/kpis.ts'

/** Thirty days of a figure, with what they say in words. */
export function KpiCourse(props: { kpi: KpiView; slug: string; now: Instant; timeZone: string }) {
  const t = useTranslations('kpis')
  const locale = useLocale()
  const { kpi, now, timeZone } = props
  const { points, range, unit, value } = kpi
  if (range === null || value === null) return null
  const figure = (number: number) => formatFigure(number, unit, locale)
  const finding = t('finding', {
    value: figure(value),
    lowest: figure(range.lowest),
    highest: figure(range.highest),
  })
  return (
    <Figure
      title={unit === '' ? t('figure.plain') : t('figure.unit', { unit })}
      finding={finding}
      aside={
        <ButtonLink href={`/${props.slug}/explore?metric=${encodeURIComponent(kpi.metric)}`} icon="chart-line">
          {t('explore')}
        </ButtonLink>
      }
      table={{
        columns: [t('columns.at'), t('columns.value')],
        rows: points.toReversed().map((point) => [formatBriefIn(timeZone, point.at, now, locale), figure(point.value)]),
      }}
    >
      <SeriesChart
        lines={[{ group: [], points }]}
        unit=""
        stepMs={COURSE_STEP_MS}
        fromAt={kpi.courseFromAt}
        toAt={now}
        timeZone={timeZone}
        label={finding}
      />
    </Figure>
  )
}
