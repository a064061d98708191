import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Place } from '@/app/_session/place.ts'
import { groupKeyOf } from '@/lib/domain/rule/outcome.ts'
import type { AlertRule } from '@/lib/domain/rule/rule.ts'
import type { UnitOf } from '@/lib/domain/rule/words.ts'
import type { RuleGroup } from '@/lib/ports/rule-reader.ts'
import { scaleOf } from '@/lib/queries/rule-scale.ts'
import { RuleStatusMark } from '../../_parts/rule-status.tsx'

/** Where each group stands: its value, and why that is so. */
export function GroupTable(props: { groups: readonly RuleGroup[]; rule: AlertRule; place: Place; unitOf: UnitOf }) {
  const { groups, rule, place, unitOf } = props
  const t = useTranslations('rules.groups')
  const { say } = scaleOf(rule.condition, unitOf, place.locale)
  const columns: Column<RuleGroup>[] = [
    {
      key: 'status',
      header: t('status'),
      phone: 'aside',
      width: '8rem',
      cell: ({ status, level }) => <RuleStatusMark status={status === 'inactive' ? 'ok' : status} level={level} />,
    },
    {
      key: 'group',
      header: t('group'),
      phone: 'title',
      width: '12rem',
      cell: ({ group }) => (
        <span className="[overflow-wrap:anywhere]">
          {group.map((value) => value || t('without')).join(', ') || t('all')}
        </span>
      ),
    },
    {
      key: 'value',
      header: t('value'),
      align: 'right',
      phone: 'plain',
      width: '7rem',
      cell: ({ value, status }) => (value === null || status === 'no_data' ? '–' : say(value)),
    },
    {
      key: 'reason',
      header: t('reason'),
      phone: 'plain',
      hideOnTablet: true,
      cell: ({ reason }) => (
        <span lang="en" className="text-sm text-ink-muted [overflow-wrap:anywhere]">
          {reason}
        </span>
      ),
    },
    {
      key: 'since',
      header: t('since'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ sinceAt }) => <RelativeTime at={sinceAt} now={place.now} timeZone={place.timeZone} />,
    },
  ]
  return (
    <Section title={t('title')}>
      <DataTable caption={t('title')} columns={columns} rows={groups} rowKey={({ group }) => groupKeyOf(group)} />
    </Section>
  )
}
