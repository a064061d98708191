import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { IncidentStatus } from '@/app/_components/ui/incident-status.tsx'
import { PriorityBadge } from '@/app/_components/ui/priority-badge.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { IncidentSummary } from '@/lib/ports/incident-reader.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'

/** Incidents as rows: what is wrong, where it stands, since when, how long. */
export function IncidentTable(props: {
  caption: string
  incidents: readonly IncidentSummary[]
  path: string
  now: Instant
  timeZone: string
  locale: Locale
}) {
  const { incidents, path, now, timeZone, locale } = props
  const t = useTranslations('incidents')
  const columns: Column<IncidentSummary>[] = [
    {
      key: 'title',
      header: t('columns.title'),
      cell: (incident) => (
        <span className="inline-flex max-w-full min-w-0 items-center gap-2">
          <PriorityBadge priority={incident.priority} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{titleIn(locale, incident.title)}</span>
        </span>
      ),
    },
    {
      key: 'number',
      header: t('columns.number'),
      phone: 'aside',
      width: '5rem',
      cell: (incident) => <span className="text-ink-muted">#{incident.number}</span>,
    },
    {
      key: 'status',
      header: t('columns.status'),
      phone: 'plain',
      width: '11rem',
      cell: (incident) => (
        <span className="flex flex-wrap items-center gap-x-2">
          <IncidentStatus status={incident.status} />
          {incident.flapping && <span className="text-sm text-degraded">{t('flapping')}</span>}
        </span>
      ),
    },
    {
      key: 'person',
      header: t('columns.person'),
      hideOnTablet: true,
      phone: 'hide',
      width: '14rem',
      cell: (incident) => <span className="text-ink-muted">{personOf(incident) ?? '–'}</span>,
    },
    {
      key: 'started',
      header: t('columns.started'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: (incident) => <RelativeTime at={incident.startedAt} now={now} timeZone={timeZone} focusable={false} />,
    },
    {
      key: 'lasted',
      header: t('columns.lasted'),
      align: 'right',
      width: '7rem',
      cell: (incident) => formatDuration((incident.resolvedAt ?? now) - incident.startedAt, locale),
    },
  ]
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={incidents}
      rowKey={({ id }) => id}
      rowHref={({ number }) => `${path}/${number}`}
    />
  )
}

/** Who is on it, or who ended it; null where the program did both. */
function personOf({ status, acknowledgedBy, resolvedBy }: IncidentSummary): string | null {
  if (status !== 'resolved') return acknowledgedBy
  return resolvedBy === 'vigie' ? acknowledgedBy : resolvedBy
}
