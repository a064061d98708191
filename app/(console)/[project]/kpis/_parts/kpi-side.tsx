import { useLocale, useTranslations } from 'next-intl'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { KpiView } from '@/lib/queries/kpis.ts'
import { remove } from '../actions.ts'
import { KpiState } from './kpi-table.tsx'

/** Beside the form: how the last run went, when the next one is, what the metric is called, and the way to delete it. */
export function KpiSide(props: { kpi: KpiView; slug: string; now: Instant; timeZone: string; mayChange: boolean }) {
  const { kpi, slug, now, timeZone } = props
  const t = useTranslations('kpis')
  const locale = useLocale()
  const time = (at: Instant | null) =>
    at === null ? t('side.never') : <RelativeTime at={at} now={now} timeZone={timeZone} />
  const runs = [
    { key: t('side.lastRun'), value: time(kpi.lastRunAt) },
    {
      key: t('side.nextRun'),
      value: kpi.nextRunAt === null ? t('side.never') : formatMomentIn(timeZone, kpi.nextRunAt, locale),
    },
  ]
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title={t('side.title')}>
        <div className="[&_dl>div]:sm:grid-cols-1">
          <KeyValueList
            items={[
              { key: t('columns.state'), value: <KpiState kpi={kpi} /> },
              { key: t('side.valueAt'), value: time(kpi.valueAt) },
              ...(kpi.kind === 'sql' ? runs : []),
              { key: t('side.metric'), value: <code className="font-mono">{kpi.metric}</code> },
            ]}
          />
        </div>
      </Section>
      {props.mayChange && kpi.id !== null && (
        <div>
          <ConfirmButton
            label={t('delete.label')}
            title={t('delete.title', { name: kpi.name })}
            lost={t('delete.lost')}
            confirmLabel={t('delete.confirm')}
            cancelLabel={t('delete.cancel')}
            action={remove.bind(null, slug, kpi.id)}
          />
        </div>
      )}
    </div>
  )
}
