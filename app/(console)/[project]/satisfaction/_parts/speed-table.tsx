import { useLocale, useTranslations } from 'next-intl'
import { DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { formatCount, formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { describeSpeeds, type SatisfactionView } from '@/lib/queries/satisfaction.ts'

/** How fast pages felt, beside how long they really took for the same people. Absent while nobody was asked. */
export function SpeedTable({ view }: { view: SatisfactionView }) {
  const t = useTranslations('satisfaction')
  const locale = useLocale()
  if (view.speeds.length === 0) return null
  const facts = describeSpeeds(view.speeds)
  const finding =
    facts === null
      ? t('speed.tooFew')
      : t('speed.finding', {
          slow: t(`speeds.${facts.slowest.perceived}`),
          slowMs: formatLatency(facts.slowest.medianMs, locale),
          fast: t(`speeds.${facts.fastest.perceived}`),
          fastMs: formatLatency(facts.fastest.medianMs, locale),
        })
  return (
    <Section title={t('speed.title')} description={finding}>
      <DataTable
        caption={t('speed.title')}
        rows={view.speeds}
        rowKey={({ perceived }) => String(perceived)}
        columns={[
          {
            key: 'perceived',
            header: t('speed.perceived'),
            cell: ({ perceived }) => `${perceived} · ${t(`speeds.${perceived}`)}`,
          },
          {
            key: 'median',
            header: t('speed.median'),
            align: 'right',
            cell: ({ medianMs }) => formatLatency(medianMs, locale),
          },
          { key: 'p75', header: t('speed.p75'), align: 'right', cell: ({ p75Ms }) => formatLatency(p75Ms, locale) },
          {
            key: 'measured',
            header: t('speed.measured'),
            align: 'right',
            cell: ({ measured, count }) =>
              t('speed.ofAnswers', { measured: formatCount(measured, locale), count: formatCount(count, locale) }),
          },
        ]}
      />
    </Section>
  )
}
