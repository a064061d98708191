import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import { formatBriefIn, formatDateIn, formatTimeIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import { instantIn, type LocalDate } from '@/lib/domain/time/zoned.ts'
import type { ListedOccurrence } from '@/lib/ports/mute-reader.ts'
import type { CalendarDay, MaintenanceCalendar } from '@/lib/queries/maintenance.ts'

interface CalendarProps {
  calendar: MaintenanceCalendar
  path: string
  timeZone: string
  now: Instant
}

/** A month: a grid of days where there is room for one, a list on a phone. */
export function Calendar(props: CalendarProps) {
  const { calendar, path, timeZone } = props
  const t = useTranslations('maintenance.calendar')
  const locale = useLocale()
  const title = monthName(calendar.month, locale)
  const step = (month: string, icon: 'chevron-left' | 'chevron-right', label: string) => (
    <Link
      href={`${path}?month=${month}`}
      scroll={false}
      prefetch={false}
      aria-label={label}
      className="flex size-10 items-center justify-center rounded-md border border-line-strong bg-surface hover:bg-subtle sm:size-8"
    >
      <Icon name={icon} />
    </Link>
  )
  return (
    <section aria-labelledby="calendar-title" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="calendar-title" className="text-base font-semibold">
          {title} <span className="text-sm font-normal text-ink-muted">({timeZone})</span>
        </h2>
        <div className="flex gap-2">
          {step(calendar.previousMonth, 'chevron-left', t('previous'))}
          {step(calendar.nextMonth, 'chevron-right', t('next'))}
        </div>
      </div>
      <Month {...props} caption={t('caption', { month: title })} />
      <div className="sm:hidden">
        {calendar.occurrences.length === 0 ? (
          <p className="border-y border-line py-3 text-ink-muted">{t('nothing')}</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {calendar.occurrences.map((occurrence) => (
              <li key={`${occurrence.windowId}${occurrence.startsAt}`} className="py-2">
                <p className="text-sm text-ink-muted">{formatDateIn(timeZone, occurrence.startsAt, locale)}</p>
                <Entry occurrence={occurrence} {...props} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function Month({ calendar, caption, ...props }: CalendarProps & { caption: string }) {
  const t = useTranslations('maintenance.calendar.weekdays')
  return (
    <table className="w-full table-fixed border-collapse max-sm:hidden">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => (
            <th key={day} scope="col" className="h-8 px-2 text-left text-sm font-normal text-ink-muted">
              {t(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calendar.weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((day) => (
              <Day key={day.date} day={day} {...props} calendar={calendar} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Day({ day, ...props }: CalendarProps & { day: CalendarDay }) {
  const t = useTranslations('maintenance.calendar')
  const locale = useLocale()
  return (
    <td className={`h-24 border border-line p-1.5 align-top ${day.isInMonth ? '' : 'bg-subtle'}`}>
      <time
        dateTime={day.date}
        aria-current={day.isToday ? 'date' : undefined}
        className={`inline-flex h-6 min-w-6 items-center justify-center rounded-full px-1 text-sm tabular-nums ${
          day.isToday ? 'bg-ink font-medium text-canvas' : day.isInMonth ? '' : 'text-ink-muted'
        }`}
      >
        <span aria-hidden="true">{Number(day.date.slice(8))}</span>
        <span className="sr-only">
          {formatDateIn('UTC', instantIn('UTC', day.date), locale)}
          {day.isToday && `, ${t('today')}`}
        </span>
      </time>
      <ul className="mt-1 flex flex-col gap-1">
        {day.occurrences.map((occurrence) => (
          <li key={`${occurrence.windowId}${occurrence.startsAt}`}>
            <Entry occurrence={occurrence} day={day.date} {...props} />
          </li>
        ))}
      </ul>
    </td>
  )
}

/** One time: what, and from when to when; on the days after its first only until when. */
function Entry(props: CalendarProps & { occurrence: ListedOccurrence; day?: LocalDate }) {
  const { occurrence, day, path, timeZone, now } = props
  const t = useTranslations('maintenance.calendar')
  const locale = useLocale()
  const { startsAt, endsAt } = occurrence
  const isSequel = day !== undefined && startsAt < instantIn(timeZone, day)
  const isOver = endsAt <= now
  const from = formatTimeIn(timeZone, startsAt)
  const sameDay = endsAt - startsAt < 86_400_000
  const until = sameDay ? formatTimeIn(timeZone, endsAt) : formatBriefIn(timeZone, endsAt, startsAt, locale)
  return (
    <Link
      href={`${path}/${occurrence.windowId}`}
      prefetch={false}
      className={`flex items-start gap-1.5 rounded-sm text-sm hover:underline ${isOver ? 'text-ink-muted' : 'text-maintenance'}`}
    >
      <span className="mt-1">
        <StateShape state="maintenance" />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="tabular-nums">{isSequel ? t('until', { until }) : t('span', { from, until })}</span>{' '}
        <span className="font-medium">{occurrence.name}</span>
        {isOver && <span className="sr-only">, {t('over')}</span>}
      </span>
    </Link>
  )
}

function monthName(month: string, locale: Locale): string {
  const at = instantIn('UTC', `${month}-15`)
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
}
