import { LEVELS } from '../rule/condition.ts'
import type { AlertState, LevelState } from './life-cycle.ts'

/**
 * Whether a state must be stored. One that differs in nothing but the time of its evaluation need not be, unless a level is pending: how long
 * it has waited is only known as long as it was looked at (`resumeLevel`).
 */
export function isWorthSaving(before: AlertState | null, after: AlertState | null): boolean {
  if (before === null || after === null) return before !== after
  const waits = LEVELS.some((level) => after[level].status === 'pending')
  return waits || !isSameButForTime(before, after)
}

function isSameButForTime(before: AlertState, after: AlertState): boolean {
  return (
    LEVELS.every((level) => isSameLevel(before[level], after[level])) &&
    before.flappingSince === after.flappingSince &&
    before.sinceAt === after.sinceAt &&
    before.noDataSince === after.noDataSince &&
    before.turns.length === after.turns.length &&
    before.turns.every((at, index) => at === after.turns[index])
  )
}

function isSameLevel(before: LevelState, after: LevelState): boolean {
  return before.status === after.status && before.activeAt === after.activeAt && before.keepSince === after.keepSince
}
