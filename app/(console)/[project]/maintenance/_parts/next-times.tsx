import { useLocale, useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { occurrencesOf } from '@/lib/domain/mute/occurrences.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatDateIn, formatTimeIn } from '@/lib/domain/time/format-zoned.ts'
import { DAY, type Instant } from '@/lib/domain/time/instant.ts'
import type { ListedMaintenance } from '@/lib/ports/mute-reader.ts'

const TIMES = 6

/** The times to come, as they will be on the clock, with their true length where the clocks change. */
export function NextTimes({ plan, now, timeZone }: { plan: ListedMaintenance; now: Instant; timeZone: string }) {
  const t = useTranslations('maintenance')
  const locale = useLocale()
  const times = occurrencesOf(plan, now, now + 3_660 * DAY, TIMES)
  return (
    <Section title={t('nextTimes')} description={t('zone', { timeZone })}>
      {times.length === 0 ? (
        <p className="text-ink-muted">{t('over')}</p>
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {times.map(({ startsAt, endsAt }) => (
            <li key={startsAt} className="py-2 tabular-nums">
              {formatDateIn(timeZone, startsAt, locale)}{' '}
              {t('calendar.span', { from: formatTimeIn(timeZone, startsAt), until: formatTimeIn(timeZone, endsAt) })}
              <span className="text-ink-muted"> ({formatDuration(endsAt - startsAt, locale)})</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
