import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { PriorityBadge } from '@/app/_components/ui/priority-badge.tsx'
import { priorityOf } from '@/lib/domain/monitor/severity.ts'
import type { RowView } from '@/lib/domain/pack/pack-state.ts'
import type { LevelLimits } from '@/lib/domain/rule/condition.ts'
import { describeRule } from '@/lib/domain/rule/describe.ts'
import type { RuleSpec } from '@/lib/domain/rule/rule.ts'
import { wellKnownUnit } from '@/lib/domain/series/well-known-units.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import { hasRule } from './has-rule.ts'
import { PackStateWord } from './pack-state-word.tsx'
import { plainWords } from './plain-words.ts'

/** Rules of a pack as rows: what the guide says, how it is told, and whether it is there and has data. */
export function PackRowTable({ caption, rows, slug }: { caption: string; rows: readonly RowView[]; slug: string }) {
  const t = useTranslations('packs')
  const columns: Column<RowView>[] = [
    { key: 'name', header: t('columns.name'), cell: (view) => <Name view={view} slug={slug} /> },
    {
      key: 'guide',
      header: t('columns.guide'),
      phone: 'plain',
      hideOnTablet: true,
      cell: ({ row }) => (
        <span lang="fr" className="text-sm text-ink-muted [overflow-wrap:anywhere]">
          {plainWords(row.source.words)}
        </span>
      ),
    },
    {
      key: 'told',
      header: t('columns.told'),
      phone: 'detail',
      width: '6rem',
      cell: (view) => <Told view={view} />,
    },
    {
      key: 'state',
      header: t('columns.state'),
      phone: 'plain',
      width: '14rem',
      cell: (view) => <State view={view} slug={slug} />,
    },
  ]
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} />
}

function Name({ view, slug }: { view: RowView; slug: string }) {
  const locale = useLocale() as Locale
  const { row, key, spec, customised } = view
  const name = spec !== null && customised.includes('name') ? spec.name : row.name[locale]
  const note = row.note?.[locale]
  return (
    <span className="flex flex-col py-1">
      {hasRule(view) ? (
        <Link
          href={`/${slug}/rules/${key}`}
          prefetch={false}
          className="font-medium underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {spec !== null && (
        <span className="max-w-[72ch] text-sm font-normal text-ink-muted">
          {describeRule(spec, locale, wellKnownUnit)}
        </span>
      )}
      {note !== undefined && <span className="max-w-[64ch] text-sm font-normal text-ink-muted">{note}</span>}
    </span>
  )
}

/** Priorities of the levels that it has, the milder first. */
function Told({ view: { row, spec } }: { view: RowView }) {
  const { severity } = spec ?? row
  const levels = levelsOf((spec ?? { condition: row.options[0].condition }).condition)
  const priorities = [...new Set(levels.map((level) => priorityOf(severity[level])))]
  return (
    <span className="inline-flex gap-1">
      {priorities.map((priority) => (
        <PriorityBadge key={priority} priority={priority} />
      ))}
    </span>
  )
}

function levelsOf(condition: RuleSpec['condition']): (keyof RuleSpec['severity'])[] {
  if ('level' in condition) return [condition.level]
  const limits: Pick<LevelLimits, 'warning' | 'critical'> | null = condition.kind === 'expiry' ? null : condition
  const has =
    condition.kind === 'expiry'
      ? { warning: condition.warningDays !== null, critical: condition.criticalDays !== null }
      : { warning: limits?.warning !== null, critical: limits?.critical !== null }
  return (['warning', 'critical'] as const).filter((level) => has[level])
}

function State({ view, slug }: { view: RowView; slug: string }) {
  const t = useTranslations('packs')
  const { state, missing, customised, reason, isEnabled, sameAs } = view
  return (
    <span className="flex flex-col py-1">
      <PackStateWord state={state} />
      {reason !== null && <Detail>{t(`blocked.${reason}`)}</Detail>}
      {sameAs !== null && (
        <Link
          href={`/${slug}/rules/${sameAs}`}
          prefetch={false}
          className="text-sm text-ink-muted underline decoration-line-strong underline-offset-4 [overflow-wrap:anywhere] hover:text-ink"
        >
          {t('sameAs', { key: sameAs })}
        </Link>
      )}
      {!isEnabled && <Detail>{t('off')}</Detail>}
      {customised.length > 0 && <Detail>{t('changed', { fields: customised.join(', ') })}</Detail>}
      {missing.length > 0 && <Detail>{t('missing', { metrics: missing.join(', ') })}</Detail>}
    </span>
  )
}

function Detail({ children }: { children: string }) {
  return <span className="text-sm text-ink-muted [overflow-wrap:anywhere]">{children}</span>
}
