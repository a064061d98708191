import { formatLatency } from '../../../lib/domain/rollup/format-figures.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import type { PhaseDurations } from './types.ts'

export const PHASES = ['dns', 'tcp', 'tls', 'ttfb', 'transfer'] as const

const FILLS: Record<(typeof PHASES)[number], string> = {
  dns: 'bg-phase-1',
  tcp: 'bg-phase-2',
  tls: 'bg-phase-3',
  ttfb: 'bg-phase-4',
  transfer: 'bg-phase-5',
}

export type PhaseName = (typeof PHASES)[number]

/** `PhaseBar` with its words handed in: for components of the browser, where the translation library is not. */
export function PlainPhaseBar(props: {
  phases: PhaseDurations
  names: Record<PhaseName, string>
  notReached: string
  locale: Locale
}) {
  const { phases } = props
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
              {props.names[phase]}
            </dt>
            <dd className="text-sm font-medium">
              {phases[phase] === undefined ? (
                <span className="font-normal text-ink-faint">{props.notReached}</span>
              ) : (
                formatLatency(phases[phase], props.locale)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
