import { useTranslations } from 'next-intl'
import type { ShownState } from '../../../lib/domain/monitor/monitor.ts'
import { StateShape } from './state-shape.tsx'

const TONES: Record<ShownState, string> = {
  up: 'text-up bg-up-subtle',
  degraded: 'text-degraded bg-degraded-subtle',
  down: 'text-down bg-down-subtle',
  unknown: 'text-unknown bg-unknown-subtle',
  maintenance: 'text-maintenance bg-maintenance-subtle',
  paused: 'text-paused bg-paused-subtle',
  pending: 'text-unknown bg-unknown-subtle',
}

/** A state as shape, word and colour: any one of the three is enough to read it. `plain` drops the ground, for tables. */
export function StateBadge({ state, plain = false }: { state: ShownState; plain?: boolean }) {
  const t = useTranslations('states')
  const look = plain ? TONES[state].replace(/bg-\S+/, '') : `${TONES[state]} h-6 rounded-full pr-2.5 pl-1.5`
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium whitespace-nowrap ${look}`}>
      <StateShape state={state} />
      {t(state)}
    </span>
  )
}
