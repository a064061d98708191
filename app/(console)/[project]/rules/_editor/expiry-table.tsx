import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { JudgedExpiry } from '@/lib/queries/expiries.ts'
import { RuleStatusMark } from '../_parts/rule-status.tsx'

/** What a rule about certificates would say now: of the past nothing is kept that it could be tried on. */
export function ExpiryTable({
  found,
  place,
}: {
  found: readonly JudgedExpiry[]
  place: Pick<Place, 'now' | 'timeZone'>
}) {
  const t = useTranslations('rules.expiries')
  const locale = useLocale()
  const alarming = found.filter(({ level }) => level !== null).length
  const columns: Column<JudgedExpiry>[] = [
    {
      key: 'state',
      header: t('state'),
      phone: 'aside',
      width: '8rem',
      cell: ({ level }) => <RuleStatusMark status={level === null ? 'ok' : 'firing'} level={level} />,
    },
    { key: 'monitor', header: t('monitor'), phone: 'title', cell: ({ name }) => name },
    {
      key: 'left',
      header: t('left'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ daysLeft }) => t('days', { days: Math.floor(daysLeft) }),
    },
    {
      key: 'at',
      header: t('at'),
      align: 'right',
      phone: 'plain',
      width: '12rem',
      cell: ({ expiresAt }) => formatBriefIn(place.timeZone, expiresAt, place.now, locale),
    },
  ]
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[72ch] text-ink-muted">
        {found.length === 0 ? t('none') : t('finding', { count: found.length, alarming })}
      </p>
      {found.length > 0 && (
        <DataTable caption={t('caption')} columns={columns} rows={found} rowKey={({ name }) => name} />
      )}
    </div>
  )
}
