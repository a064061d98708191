import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Place } from '@/app/_session/place.ts'
import { describeRule } from '@/lib/domain/rule/describe.ts'
import type { UnitOf } from '@/lib/domain/rule/words.ts'
import type { RuleLine } from '@/lib/queries/rules.ts'
import { NoiseScoreText } from './noise-score.tsx'
import { RuleStatusMark } from './rule-status.tsx'
import { RuleSwitch } from './rule-switch.tsx'

/** Rules as rows: where each stands, what it asks, when it last fired, and how much of that was for nothing. */
export function RuleTable(props: { lines: readonly RuleLine[]; place: Place; unitOf: UnitOf; mayChange: boolean }) {
  const { place, unitOf, mayChange } = props
  const { now, timeZone, locale } = place
  const t = useTranslations('rules.columns')
  const columns: Column<RuleLine>[] = [
    {
      key: 'status',
      header: t('status'),
      phone: 'aside',
      width: '8rem',
      cell: ({ status, level }) => <RuleStatusMark status={status} level={level} />,
    },
    {
      key: 'name',
      header: t('name'),
      phone: 'title',
      cell: ({ rule }) => (
        <span className="flex min-w-0 flex-col py-1">
          <span className="[overflow-wrap:anywhere]">{rule.name}</span>
          <span className="text-sm font-normal text-ink-muted [overflow-wrap:anywhere]">
            {describeRule(rule, locale, unitOf)}
          </span>
        </span>
      ),
    },
    {
      key: 'fired',
      header: t('fired'),
      phone: 'plain',
      width: '8rem',
      cell: ({ lastFiredAt }) =>
        lastFiredAt === null ? (
          <span className="text-ink-faint">{t('never')}</span>
        ) : (
          <RelativeTime at={lastFiredAt} now={now} timeZone={timeZone} focusable={false} />
        ),
    },
    {
      key: 'noise',
      header: t('noise'),
      width: '12rem',
      hideOnTablet: true,
      cell: ({ noise }) => <NoiseScoreText noise={noise} />,
    },
    {
      key: 'pack',
      header: t('pack'),
      phone: 'hide',
      hideOnTablet: true,
      width: '8rem',
      cell: ({ rule }) => <span className="text-ink-muted">{rule.pack?.pack ?? '–'}</span>,
    },
    {
      key: 'switch',
      header: t('switch'),
      isHeaderHidden: true,
      phone: 'hide',
      width: '6.5rem',
      cell: ({ rule }) => (mayChange ? <RuleSwitch slug={place.slug} rule={rule} /> : null),
    },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={props.lines}
      rowKey={({ rule }) => rule.key}
      rowHref={({ rule }) => `/${place.slug}/rules/${encodeURIComponent(rule.key)}`}
    />
  )
}
