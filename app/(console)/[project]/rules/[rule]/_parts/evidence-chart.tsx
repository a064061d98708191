import { useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import type { Place } from '@/app/_session/place.ts'
import type { AlertRule } from '@/lib/domain/rule/rule.ts'
import type { UnitOf } from '@/lib/domain/rule/words.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { MINUTE } from '@/lib/domain/time/instant.ts'
import type { ListedAlert } from '@/lib/ports/rule-reader.ts'
import { scaleOf } from '@/lib/queries/rule-scale.ts'

/** What the rule saw before its newest alert: the values that crossed the limit, as they were kept with it. */
export function EvidenceChart(props: { alert: ListedAlert; rule: AlertRule; place: Place; unitOf: UnitOf }) {
  const { alert, rule, place, unitOf } = props
  const t = useTranslations('rules.evidence')
  const { factor, unit, say } = scaleOf(rule.condition, unitOf, place.locale)
  const points = (alert.points?.points ?? []).flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]))
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return null
  const limit = alert.points?.limit ?? null
  const time = (at: number) => formatBriefIn(place.timeZone, at, place.now, place.locale)
  const finding = t('finding', { at: time(alert.startedAt), value: say(last.value) })
  return (
    <Figure
      title={t('title')}
      finding={finding}
      table={{
        columns: [t('time'), t('value')],
        rows: points.toReversed().map(({ at, value }) => [time(at), say(value)]),
      }}
    >
      <SeriesChart
        lines={[{ group: [], points: points.map(({ at, value }) => ({ at, value: value * factor })) }]}
        unit={unit}
        stepMs={MINUTE}
        fromAt={first.at}
        toAt={last.at + MINUTE}
        timeZone={place.timeZone}
        label={finding}
        limit={limit === null ? undefined : { value: limit * factor, label: say(limit) }}
      />
    </Figure>
  )
}
