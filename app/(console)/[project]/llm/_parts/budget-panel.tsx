import { useLocale, useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import { formatDateIn } from '@/lib/domain/time/format-zoned.ts'
import type { TokenBudget } from '@/lib/queries/dashboards/token-budget.ts'
import { saveTokenBudget } from '../actions.ts'
import { BudgetForm } from './budget-form.client.tsx'

const SHAPES = { fine: 'up', warning: 'degraded', critical: 'degraded' } as const
const TONES = { fine: 'text-up', warning: 'text-degraded', critical: 'text-degraded' } as const

/** Tokens of the month against the budget, where it leads, and the budget itself for those who may set it. */
export function BudgetPanel(props: {
  budget: TokenBudget
  project: { slug: string; timeZone: string }
  canEdit: boolean
}) {
  const t = useTranslations('dashboards.llm.budget')
  const locale = useLocale()
  const { budget, project } = props
  const count = (tokens: number) => formatValue(tokens, '', locale)
  const day = (at: number) => formatDateIn(project.timeZone, at, locale)
  const words =
    budget.budget === null || budget.share === null
      ? t('used', { used: count(budget.used), from: day(budget.from) })
      : t('of', {
          used: count(budget.used),
          budget: count(budget.budget),
          share: formatValue(budget.share * 100, '%', locale),
        })
  const forecast = t('forecast', { forecast: count(budget.forecast), until: day(budget.until - 1) })
  return (
    <Section title={t('title')}>
      <div className="flex flex-col gap-3 rounded-lg border border-line p-4">
        <p>
          {words} <span className="text-ink-muted">{forecast}</span>
        </p>
        {budget.share !== null && (
          <div className="flex flex-wrap items-center gap-3">
            <div aria-hidden="true" className="h-2 min-w-40 flex-1 overflow-hidden rounded-full bg-subtle">
              <div
                className={`h-full ${budget.state === 'fine' ? 'bg-accent-strip' : 'bg-degraded'}`}
                style={{ width: `${Math.min(100, budget.share * 100)}%` }}
              />
            </div>
            <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${TONES[budget.state]}`}>
              <StateShape state={SHAPES[budget.state]} />
              {t(budget.state)}
            </span>
          </div>
        )}
        {props.canEdit && (
          <details open={budget.budget === null}>
            <summary className="inline-block rounded-sm text-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
              {budget.budget === null ? t('save') : t('edit')}
            </summary>
            <BudgetForm
              action={saveTokenBudget.bind(null, project.slug)}
              tokens={budget.budget === null ? '' : String(budget.budget)}
              texts={{ label: t('label'), hint: t('hint'), save: t('save'), saving: t('saving') }}
            />
          </details>
        )}
      </div>
    </Section>
  )
}
