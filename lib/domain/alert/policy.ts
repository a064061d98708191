import type { Level } from '../rule/condition.ts'
import type { AlertRule, NoData } from '../rule/rule.ts'
import { MINUTE } from '../time/instant.ts'
import type { LevelPolicy } from './evolve-level.ts'

/** What of a rule decides on the life of its alerts. */
export interface AlertPolicy extends LevelPolicy {
  noData: NoData
  /** How often it is evaluated. */
  intervalMs: number
  /** The worst level that it can reach, at which silence is told where `noData` is `alert`. Critical where it is not said. */
  worstLevel?: Level
}

export function policyOf(rule: Pick<AlertRule, 'forMs' | 'keepFiringForMs' | 'noData' | 'condition'>): AlertPolicy {
  const { forMs, keepFiringForMs, noData, condition } = rule
  return { forMs, keepFiringForMs, noData, intervalMs: MINUTE, worstLevel: worstLevelOf(condition) }
}

function worstLevelOf(condition: AlertRule['condition']): Level {
  if ('level' in condition) return condition.level
  const critical = condition.kind === 'expiry' ? condition.criticalDays : condition.critical
  return critical === null ? 'warning' : 'critical'
}
