import { useLocale, useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { FindingKind } from '@/lib/domain/database/findings.ts'
import type { DatabaseView } from '@/lib/queries/databases.ts'
import { type Figure, figuresOf } from './figures.ts'

/** The figures of the moment, each on a bar in which its limit is drawn. */
export function FigureGrid({ view }: { view: DatabaseView }) {
  const t = useTranslations('database.figures')
  const locale = useLocale()
  if (view.snapshot === null) return null
  const beyond = new Set(view.findings.map(({ kind }) => kind))
  return (
    <Section title={t('title')}>
      <dl className="grid gap-x-8 gap-y-6 border-y border-line py-5 sm:grid-cols-2 lg:grid-cols-4">
        {figuresOf(view, view.snapshot, t, locale).map((figure) => (
          <div key={figure.key} className="flex min-w-0 flex-col gap-1">
            <dt className="text-sm text-ink-muted">{t(figure.key)}</dt>
            <dd className="flex flex-col gap-1.5">
              <span className="text-lg font-semibold tabular-nums">{figure.value}</span>
              <Bar figure={figure} isBeyond={isBeyond(figure, beyond)} />
              <span className="text-sm text-ink-muted">{figure.detail}</span>
              <Verdict figure={figure} isBeyond={isBeyond(figure, beyond)} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function isBeyond({ finding }: Figure, beyond: ReadonlySet<FindingKind>): boolean {
  return finding !== null && beyond.has(finding)
}

function Bar({ figure: { share, limitShare }, isBeyond }: { figure: Figure; isBeyond: boolean }) {
  if (share === null) return null
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className="h-2 w-full max-w-60">
      <rect width="100" height="8" className="fill-line" />
      <rect width={Math.min(100, share * 100)} height="8" className={isBeyond ? 'fill-degraded' : 'fill-ink-muted'} />
      {limitShare !== null && (
        <path d={`M${limitShare * 100} 0V8`} strokeWidth="2" vectorEffect="non-scaling-stroke" className="stroke-ink" />
      )}
    </svg>
  )
}

function Verdict({ figure: { limit, isKnown }, isBeyond }: { figure: Figure; isBeyond: boolean }) {
  const t = useTranslations('database.figures')
  if (limit === null) return null
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-sm">
      {isKnown && (
        <span className={`inline-flex items-center gap-1 font-medium ${isBeyond ? 'text-degraded' : 'text-up'}`}>
          <Icon name={isBeyond ? 'triangle-alert' : 'circle-check'} />
          {t(isBeyond ? 'beyond' : 'within')}
        </span>
      )}
      <span className="text-ink-muted">{limit}</span>
    </span>
  )
}
