import { useLocale, useTranslations } from 'next-intl'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import { writePercent } from '@/lib/domain/slo/check.ts'
import { windowWords, writeExact } from '@/lib/domain/slo/describe.ts'
import type { Slo } from '@/lib/domain/slo/slo.ts'
import { writeWhere } from '@/lib/domain/slo/where-text.ts'
import { formatBriefIn, formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { SloView } from '@/lib/queries/slos.ts'
import { BudgetLeft } from './budget-left.tsx'

/** What is promised, what it is, what is left, and how it is counted. */
export function SloFacts(props: {
  view: SloView
  now: Instant
  timeZone: string
  /** UCUM unit of the metric that a threshold is on; empty when unknown. */
  unit: string
}) {
  const { view, now, timeZone } = props
  const t = useTranslations('slos')
  const locale = useLocale()
  const { slo, budget, window, exhaustedAt, state } = view
  const exhausted =
    state === 'exhausted'
      ? t('facts.exhausted')
      : exhaustedAt === null
        ? t('facts.lasts')
        : t('facts.exhaustedAt', { at: formatBriefIn(timeZone, exhaustedAt, now, locale) })
  const method =
    slo.slice === null
      ? t(`methods.${slo.method}`)
      : t('facts.slices', {
          method: t(`methods.${slo.method}`),
          length: writeExact(slo.slice.lengthMs, locale),
          share: writePercent(slo.slice.target, locale),
        })
  return (
    <KeyValueList
      items={[
        {
          key: t('columns.target'),
          value: t('facts.target', {
            target: writePercent(slo.target, locale),
            window: windowWords(slo.window, locale),
          }),
        },
        { key: t('columns.sli'), value: formatUptime(budget?.sli ?? null, locale, 3) },
        { key: t('columns.left'), value: <BudgetLeft budget={budget} /> },
        { key: t('columns.forecast'), value: exhausted },
        { key: t('facts.counted'), value: <Counted slo={slo} unit={props.unit} /> },
        { key: t('facts.method'), value: method },
        { key: t('facts.since'), value: formatMomentIn(timeZone, window.from, locale) },
      ]}
    />
  )
}

function Counted({ slo: { indicator }, unit }: { slo: Slo; unit: string }) {
  const locale = useLocale()
  const t = useTranslations('slos.counted')
  const term = ({ metric, where }: { metric: string; where?: Parameters<typeof writeWhere>[0] }) =>
    [metric, writeWhere(where)].filter(Boolean).join(' · ')
  switch (indicator.kind) {
    case 'availability': {
      const { keys, tag } = indicator.monitors
      if (keys !== null) return t('monitors', { keys: keys.join(', ') })
      return tag === null ? t('allMonitors') : t('tag', { tag })
    }
    case 'latency':
      return t('latency', { term: term(indicator.term), threshold: formatValue(indicator.threshold, unit, locale) })
    case 'ratio':
      return indicator.good === null
        ? t('bad', { part: term(indicator.bad ?? indicator.total), total: term(indicator.total) })
        : t('good', { part: term(indicator.good), total: term(indicator.total) })
    case 'web_vital':
      return t('vital', { vital: indicator.vital.toUpperCase(), page: indicator.page ?? t('allPages') })
  }
}
