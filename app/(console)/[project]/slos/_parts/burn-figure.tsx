import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { ShareBars } from '@/app/_components/charts/share-bars.tsx'
import { reachable } from '@/lib/domain/slo/burn.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Burn, BurnPair, SloView } from '@/lib/queries/slos.ts'
import { times } from './budget-left.tsx'
import { write } from './slo-course.tsx'

/** How fast the budget goes over each window of the alerts, against what they fire at, with good and total of each. */
export function BurnFigure(props: { view: SloView; now: Instant; timeZone: string }) {
  const t = useTranslations('slos')
  const locale = useLocale()
  const { pairs, slo } = props.view
  const rate = (burn: Burn) => (burn.rate === null ? '–' : times(burn.rate, locale))
  const span = (ms: number) => formatDuration(ms, locale)
  const burning = pairs.filter((pair) => pair.isBurning)
  const finding =
    burning.length === 0
      ? t('burn.fine')
      : t('burn.finding', { spans: burning.map(({ longMs }) => span(longMs)).join(', ') })
  const longest = Math.max(1, ...pairs.flatMap(({ long, factor }) => [long.rate ?? 0, factor]))
  const row = (pair: BurnPair, burn: Burn) => [
    span(burn.spanMs),
    formatBriefIn(props.timeZone, burn.from, props.now, locale),
    burn.tally === null ? '–' : write(burn.tally.good, locale),
    burn.tally === null ? '–' : write(burn.tally.total, locale),
    rate(burn),
    reachable(slo.target, pair.factor)
      ? times(pair.factor, locale)
      : t('burn.never', { factor: times(pair.factor, locale) }),
    t(`burn.severity.${pair.severity}`),
  ]
  return (
    <Figure
      title={t('burn.title')}
      finding={finding}
      table={{
        columns: ['window', 'from', 'good', 'total', 'rate', 'limit', 'tells'].map((name) =>
          t(`burn.columns.${name as 'window'}`),
        ),
        rows: pairs.flatMap((pair) => [row(pair, pair.long), row(pair, pair.short)]),
      }}
    >
      <ShareBars
        label={finding}
        bars={pairs.map((pair) => ({
          key: pair.longMs,
          label: span(pair.longMs),
          length: Math.min(1, (pair.long.rate ?? 0) / longest),
          value: t('burn.value', { rate: rate(pair.long), limit: times(pair.factor, locale) }),
        }))}
      />
    </Figure>
  )
}
