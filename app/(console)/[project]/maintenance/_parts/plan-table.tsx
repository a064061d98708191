import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { MaintenanceScope } from '@/lib/domain/mute/maintenance.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { PlannedMaintenance } from '@/lib/queries/maintenance.ts'
import { presetOf } from './read-maintenance.ts'

/** What is planned: when it takes place next, how long, how often and for what. */
export function PlanTable(props: {
  plans: readonly PlannedMaintenance[]
  path: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('maintenance')
  const locale = useLocale()
  const columns: Column<PlannedMaintenance>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      cell: ({ name }) => <span className="[overflow-wrap:anywhere]">{name}</span>,
    },
    {
      key: 'next',
      header: t('columns.next'),
      phone: 'aside',
      width: '12rem',
      cell: ({ next }) => {
        if (next === null) return <span className="text-ink-muted">{t('over')}</span>
        if (next.stage === 'active') return <span className="font-medium text-maintenance">{t('now')}</span>
        return <span className="tabular-nums">{formatBriefIn(props.timeZone, next.startsAt, props.now, locale)}</span>
      },
    },
    {
      key: 'length',
      header: t('columns.length'),
      width: '7rem',
      cell: ({ durationMs }) => formatDuration(durationMs, locale),
    },
    { key: 'repeat', header: t('columns.repeat'), cell: ({ recurrence }) => <Repeat recurrence={recurrence} /> },
    { key: 'scope', header: t('columns.scope'), cell: ({ scope }) => <Scope scope={scope} /> },
  ]
  if (props.plans.length === 0) return null
  return (
    <Section title={t('plans')}>
      <DataTable
        caption={t('plans')}
        columns={columns}
        rows={props.plans}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${props.path}/${id}`}
      />
    </Section>
  )
}

function Repeat({ recurrence }: { recurrence: string | null }) {
  const t = useTranslations('maintenance.repeats')
  const preset = presetOf(recurrence)
  return preset === 'custom' ? (
    <code className="font-mono text-sm [overflow-wrap:anywhere]">{recurrence}</code>
  ) : (
    <span>{t(preset)}</span>
  )
}

function Scope({ scope }: { scope: MaintenanceScope }) {
  const t = useTranslations('maintenance.scopes')
  switch (scope.kind) {
    case 'project':
      return t('project')
    case 'tags':
      return <span className="[overflow-wrap:anywhere]">{t('tagsAre', { tags: scope.tags.join(', ') })}</span>
    case 'monitors':
      return <span className="[overflow-wrap:anywhere]">{scope.keys.join(', ')}</span>
  }
}
