import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import type { Place } from '@/app/_session/place.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatBriefIn, formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import { toIso } from '@/lib/domain/time/instant.ts'
import type { ListedDelivery } from '@/lib/ports/channel-reader.ts'

/** Every attempt with the provider's own words, oldest first. */
export function AttemptTable({ deliveries, place }: { deliveries: readonly ListedDelivery[]; place: Place }) {
  const t = useTranslations('deliveries')
  const { timeZone, now, locale } = place
  const columns: Column<ListedDelivery>[] = [
    {
      key: 'detail',
      header: t('attempts.answer'),
      cell: ({ detail, providerId }) => (
        <span className="[overflow-wrap:anywhere]">
          {detail === '' ? '–' : deliverySentence(detail, locale)}
          {providerId !== null && <span className="block font-mono text-sm text-ink-muted">{providerId}</span>}
        </span>
      ),
    },
    {
      key: 'outcome',
      header: t('attempts.outcome'),
      phone: 'plain',
      width: '11rem',
      cell: ({ outcome, viaOutbox }) => (
        <span
          className={outcome === 'delivered' ? 'text-up' : outcome === 'started' ? 'text-ink-muted' : 'text-degraded'}
        >
          {t(`outcomes.${viaOutbox ? 'outbox' : outcome}`)}
        </span>
      ),
    },
    {
      key: 'status',
      header: t('attempts.status'),
      align: 'right',
      width: '5rem',
      cell: ({ statusCode }) => statusCode ?? '–',
    },
    {
      key: 'took',
      header: t('attempts.took'),
      align: 'right',
      width: '6rem',
      cell: ({ startedAt, finishedAt }) => (finishedAt === null ? '–' : formatLatency(finishedAt - startedAt, locale)),
    },
    {
      key: 'at',
      header: t('attempts.at'),
      align: 'right',
      phone: 'plain',
      width: '9rem',
      cell: ({ startedAt }) => (
        <time dateTime={toIso(startedAt)} title={formatBriefIn(timeZone, startedAt, now, locale)}>
          {formatTimeWithSecondsIn(timeZone, startedAt)}
        </time>
      ),
    },
  ]
  return <DataTable caption={t('attempts.title')} columns={columns} rows={deliveries} rowKey={({ id }) => String(id)} />
}
