import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { AffectedMonitor, IncidentView } from '@/lib/queries/incident.ts'

/** Monitors of the incident, and whether each still fails. */
export function Affected({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.affected')
  if (view.affected.length === 0) {
    return (
      <Section title={t('title')}>
        <p className="text-ink-muted">{t('deleted')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('title')}>
      <ul className="divide-y divide-line border-y border-line">
        {view.affected.map((monitor) => (
          <Row key={monitor.key} monitor={monitor} place={place} />
        ))}
      </ul>
    </Section>
  )
}

function Row({ monitor, place }: { monitor: AffectedMonitor; place: Place }) {
  const t = useTranslations('incident.affected')
  const lasted = formatDuration((monitor.until ?? place.now) - monitor.since, place.locale)
  return (
    <li className="relative flex flex-col py-2 hover:bg-subtle">
      <span className="flex items-center justify-between gap-3">
        <Link
          href={`/${place.slug}/monitors/${monitor.key}`}
          prefetch={false}
          className="covers-row min-w-0 truncate font-medium"
        >
          {monitor.name}
        </Link>
        <StateBadge state={monitor.isFailing ? 'down' : 'up'} plain />
      </span>
      <span className="text-sm text-ink-muted">
        {t(monitor.isFailing ? 'failing' : 'recovered', { lasted })}
        {monitor.times > 1 && ` · ${t('times', { count: monitor.times })}`}
      </span>
    </li>
  )
}
