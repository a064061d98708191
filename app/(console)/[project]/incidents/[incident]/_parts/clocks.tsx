import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { RunningDuration } from '@/app/_components/ui/running-duration.client.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { IncidentClock, IncidentView } from '@/lib/queries/incident.ts'

/** Two clocks from the start of the failure: until somebody took it, and until it was over. */
export function Clocks({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.clocks')
  const { acknowledgeClock, resolveClock, incident } = view
  const nobody = acknowledgeClock.until !== null && !acknowledgeClock.wasAcknowledged
  return (
    <dl className="grid grid-cols-2 divide-x divide-line border-y border-line sm:max-w-lg">
      <Clock
        label={t('acknowledge')}
        note={nobody ? t('nobody') : (incident.acknowledgedBy ?? t('waiting'))}
        isUrgent={acknowledgeClock.until === null}
      >
        {nobody ? '–' : <Length clock={acknowledgeClock} place={place} />}
      </Clock>
      <Clock
        label={t('resolve')}
        note={resolveClock.until === null ? t('running') : t('over')}
        isUrgent={resolveClock.until === null && incident.status === 'triggered'}
      >
        <Length clock={resolveClock} place={place} />
      </Clock>
    </dl>
  )
}

function Clock(props: { label: string; note: string; isUrgent: boolean; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col py-3 not-first:pl-4">
      <dt className="text-sm text-ink-muted">{props.label}</dt>
      <dd className={`text-2xl font-semibold tracking-tight ${props.isUrgent ? 'text-down' : ''}`}>{props.children}</dd>
      <dd className="truncate text-sm text-ink-muted">{props.note}</dd>
    </div>
  )
}

function Length({ clock, place }: { clock: IncidentClock; place: Place }) {
  if (clock.until !== null) return formatDuration(clock.until - clock.since, place.locale)
  return <RunningDuration since={clock.since} now={place.now} locale={place.locale} />
}
