import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { CurrentProject } from '@/lib/ports/frame-reader.ts'
import type { MonitorAlert } from '@/lib/ports/monitor-reader.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'
import { describeProblem } from '@/lib/queries/monitor-row.ts'
import { silenceForAnHour } from '../../../silences/actions.ts'

/** When it was not well in the range, newest first, with the incident that people worked on. */
export function Outages({
  view,
  project,
  mayRespond,
}: {
  view: MonitorView
  project: CurrentProject
  mayRespond: boolean
}) {
  const t = useTranslations('monitor.outages')
  const silences = useTranslations('silences.hour')
  const locale = useLocale()
  const { outages, toAt } = view.history
  const columns: Column<MonitorAlert>[] = [
    {
      key: 'began',
      header: t('began'),
      width: '9rem',
      phone: 'title',
      cell: ({ startedAt }) => (
        <span className="whitespace-nowrap">{formatBriefIn(project.timeZone, startedAt, toAt, locale)}</span>
      ),
    },
    {
      key: 'kind',
      header: t('state'),
      width: '7.5rem',
      phone: 'aside',
      cell: ({ kind }) => <StateBadge state={kind} plain />,
    },
    {
      key: 'lasted',
      header: t('lasted'),
      width: '8rem',
      cell: ({ startedAt, resolvedAt }) => (
        <span className="whitespace-nowrap">
          {formatDuration((resolvedAt ?? toAt) - startedAt, locale)}
          {resolvedAt === null && `, ${t('goesOn')}`}
        </span>
      ),
    },
    {
      key: 'why',
      header: t('why'),
      phone: 'plain',
      cell: (alert) => (
        <span className="[overflow-wrap:anywhere]">
          {describeProblem(alert.evidence.findLast(({ verdict }) => verdict !== 'up') ?? null, locale) ?? alert.reason}
          {alert.mutedReason !== null && (
            <span className="block text-sm text-ink-muted">
              {t(alert.unmutedAt === null ? 'muted' : 'toldLater')} <span lang="en">({alert.mutedReason})</span>
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'incident',
      header: t('incident'),
      width: '7rem',
      phone: 'plain',
      cell: ({ incident }) =>
        incident ? (
          <Link href={`/${project.slug}/incidents/${incident.number}`} className="underline underline-offset-4">
            {t('number', { number: incident.number, priority: incident.priority })}
          </Link>
        ) : (
          <span className="text-ink-faint">{t('none')}</span>
        ),
    },
  ]
  if (outages.length === 0) return null
  return (
    <Section
      title={t('title')}
      action={
        mayRespond &&
        outages.some(
          ({ resolvedAt, mutedReason, unmutedAt }) =>
            resolvedAt === null && (mutedReason === null || unmutedAt !== null),
        ) && (
          <ActionForm action={silenceForAnHour.bind(null, project.slug, view.monitor.key)}>
            <SubmitButton variant="secondary" size="small" pendingLabel={silences('silencing')}>
              {silences('label')}
            </SubmitButton>
          </ActionForm>
        )
      }
    >
      <DataTable caption={t('title')} columns={columns} rows={outages} rowKey={({ id }) => id} />
    </Section>
  )
}
