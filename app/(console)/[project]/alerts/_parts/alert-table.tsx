import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { ListedAlert } from '@/lib/ports/rule-reader.ts'
import { silenceHref } from '../../silences/_href.ts'

/** Alerts as rows: how bad, of what, why, whether it was told, and for how long. */
export function AlertTable(props: {
  alerts: readonly ListedAlert[]
  place: Place
  maySilence: boolean
  isOfOneRule?: boolean
}) {
  const { alerts, place, isOfOneRule = false } = props
  const t = useTranslations('alerts')
  const { now, timeZone, locale, slug } = place
  const columns: Column<ListedAlert>[] = [
    {
      key: 'level',
      header: t('columns.level'),
      phone: 'aside',
      width: '8rem',
      cell: (alert) => <Level alert={alert} />,
    },
    {
      key: 'what',
      header: t('columns.what'),
      phone: 'title',
      cell: (alert) => <What alert={alert} slug={slug} isOfOneRule={isOfOneRule} />,
    },
    {
      key: 'told',
      header: t('columns.told'),
      phone: 'plain',
      hideOnTablet: true,
      width: '13rem',
      cell: (alert) => <Told alert={alert} slug={slug} maySilence={props.maySilence} />,
    },
    {
      key: 'started',
      header: t('columns.started'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ startedAt }) => <RelativeTime at={startedAt} now={now} timeZone={timeZone} />,
    },
    {
      key: 'lasted',
      header: t('columns.lasted'),
      align: 'right',
      width: '7rem',
      cell: ({ startedAt, resolvedAt }) => formatDuration((resolvedAt ?? now) - startedAt, locale),
    },
  ]
  return <DataTable caption={t('title')} columns={columns} rows={alerts} rowKey={({ id }) => id} />
}

function Level({ alert: { level, status } }: { alert: ListedAlert }) {
  const t = useTranslations('alerts')
  const isOver = status === 'resolved'
  const tone = isOver ? 'text-ink-muted' : level === 'critical' ? 'text-down' : 'text-degraded'
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${tone}`}>
      <StateShape state={isOver ? 'up' : level === 'critical' ? 'down' : 'degraded'} />
      {isOver ? t(`over.${level}`) : t(`open.${level}`)}
    </span>
  )
}

function What({ alert, slug, isOfOneRule }: { alert: ListedAlert; slug: string; isOfOneRule: boolean }) {
  const { subject, key, name, group, reason } = alert
  const groups = group.filter(Boolean).join(', ')
  return (
    <span className="flex min-w-0 flex-col py-1">
      {!isOfOneRule && (
        <Link
          href={`/${slug}/${subject === 'rule' ? 'rules' : 'monitors'}/${encodeURIComponent(key)}`}
          prefetch={false}
          className="font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      )}
      {groups !== '' && <span className="[overflow-wrap:anywhere]">{groups}</span>}
      <span lang="en" className="text-sm font-normal text-ink-muted [overflow-wrap:anywhere]">
        {reason}
      </span>
    </span>
  )
}

/** The incident where there is one; else whether channels were told, and why or why not. */
function Told({ alert, slug, maySilence }: { alert: ListedAlert; slug: string; maySilence: boolean }) {
  const t = useTranslations('alerts')
  const { incidentNumber, toldAt, toldReason, subject, status, key } = alert
  const silence = maySilence && status === 'firing' ? silenceHref(slug, subject, [key]) : null
  return (
    <span className="flex min-w-0 flex-col gap-1 text-sm text-ink-muted">
      {incidentNumber !== null && (
        <Link
          href={`/${slug}/incidents/${incidentNumber}`}
          prefetch={false}
          className="text-ink underline underline-offset-4"
        >
          {t('incident', { number: incidentNumber })}
        </Link>
      )}
      {(subject === 'rule' || toldReason !== null) && <span>{t(toldAt === null ? 'notTold' : 'told')}</span>}
      {toldReason !== null && (
        <span lang="en" className="[overflow-wrap:anywhere]">
          {toldReason}
        </span>
      )}
      {silence !== null && (
        <Link
          href={silence}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {t('silence')}
          <span className="sr-only">: {alert.name}</span>
        </Link>
      )}
    </span>
  )
}
