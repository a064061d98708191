import type { RuleCondition } from '../rule/condition.ts'
import type { GroupOutcome } from '../rule/outcome.ts'
import { isShare, type UnitOf, unitOfSource } from '../rule/words.ts'
import { toIso } from '../time/instant.ts'
import type { RuleMessage } from './rule-message.ts'

/** How the numbers of a rule are shown: each times `scale`, in `unit`. Null where they are not told as such. */
export interface FigureScale {
  unit: string
  scale: number
}

export function scaleOf(condition: RuleCondition, unitOf: UnitOf): FigureScale | null {
  switch (condition.kind) {
    case 'threshold':
    case 'anomaly':
      return isShare(condition.source, unitOf)
        ? { unit: '%', scale: 100 }
        : { unit: unitOfSource(condition.source, unitOf) ?? '', scale: 1 }
    case 'baseline':
    case 'burn_rate':
      return { unit: '×', scale: 1 }
    case 'expiry':
      return { unit: 'd', scale: 1 }
    case 'consecutive_failures':
      return { unit: '', scale: 1 }
    // How often nothing came is no figure, and neither is a number of rules.
    case 'absence':
    case 'composite':
      return null
  }
}

/** The figures of an outcome as a message carries them. */
export function figureOf(
  outcome: GroupOutcome | null,
  condition: RuleCondition,
  unitOf: UnitOf,
): Pick<RuleMessage, 'value' | 'limit' | 'unit' | 'noDataSince'> {
  const shown = scaleOf(condition, unitOf)
  const none = { value: null, limit: null, unit: shown?.unit ?? '', noDataSince: null }
  if (outcome === null) return none
  if (outcome.kind === 'no_data') return { ...none, noDataSince: outcome.since === null ? null : toIso(outcome.since) }
  if (shown === null) return none
  const { scale } = shown
  return { ...none, value: outcome.value * scale, limit: outcome.limit === null ? null : outcome.limit * scale }
}
