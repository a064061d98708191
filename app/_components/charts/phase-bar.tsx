import { useLocale, useTranslations } from 'next-intl'
import { formatLatency } from '../../../lib/domain/rollup/format-figures.ts'
import type { PhaseDurations } from './types.ts'

const PHASES = ['dns', 'tcp', 'tls', 'ttfb', 'transfer'] as const

const FILLS: Record<(typeof PHASES)[number], string> = {
  dns: 'bg-phase-1',
  tcp: 'bg-phase-2',
  tls: 'bg-phase-3',
  ttfb: 'bg-phase-4',
  transfer: 'bg-phase-5',
}

/**
 * Where the time of one probe went: one bar in the proportions of the phases, and the list that names each with its figure.
 * The list carries the facts, so the bar is a picture that screen readers pass over. A phase that was not reached is named
 * as such: "not reached" is a finding, zero would be a lie.
 */
export function PhaseBar({ phases }: { phases: PhaseDurations }) {
  const t = useTranslations('charts')
  const locale = useLocale()
  const total = PHASES.reduce((sum, phase) => sum + (phases[phase] ?? 0), 0)
  return (
    <div className="flex flex-col gap-2.5">
      <div aria-hidden="true" className="flex h-3 gap-px overflow-hidden rounded-sm bg-subtle">
        {total > 0 &&
          PHASES.map((phase) => (
            <div key={phase} className={FILLS[phase]} style={{ width: `${((phases[phase] ?? 0) / total) * 100}%` }} />
          ))}
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5">
        {PHASES.map((phase) => (
          <div key={phase} className="flex items-baseline gap-1.5">
            <dt className="flex items-baseline gap-1.5 text-sm text-ink-muted">
              <span aria-hidden="true" className={`size-2 translate-y-px rounded-[2px] ${FILLS[phase]}`} />
              {t(`phases.${phase}`)}
            </dt>
            <dd className="text-sm font-medium">
              {phases[phase] === undefined ? (
                <span className="font-normal text-ink-faint">{t('notReached')}</span>
              ) : (
                formatLatency(phases[phase], locale)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
