import { useLocale, useTranslations } from 'next-intl'
import { PHASES, type PhaseName, PlainPhaseBar } from './plain-phase-bar.tsx'
import type { PhaseDurations } from './types.ts'

/**
 * Where the time of one probe went: one bar in the proportions of the phases, and the list that names each with its figure.
 * The list carries the facts, so the bar is a picture that screen readers pass over. A phase that was not reached is named
 * as such: "not reached" is a finding, zero would be a lie.
 */
export function PhaseBar({ phases }: { phases: PhaseDurations }) {
  const t = useTranslations('charts')
  const names = Object.fromEntries(PHASES.map((phase) => [phase, t(`phases.${phase}`)])) as Record<PhaseName, string>
  return <PlainPhaseBar phases={phases} names={names} notReached={t('notReached')} locale={useLocale()} />
}
