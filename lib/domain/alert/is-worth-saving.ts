import { LEVELS } from '../rule/condition.ts'
import type { AlertState } from './life-cycle.ts'

/**
 * Whether a state must be stored. One that differs in nothing but the time of its evaluation need not be, unless a level is pending: how long
 * it has waited is only known as long as it was looked at (`resumeLevel`).
 */
export function isWorthSaving(before: AlertState | null, after: AlertState | null): boolean {
  if (before === null || after === null) return before !== after
  const waits = LEVELS.some((level) => after[level].status === 'pending')
  return waits || timeless(before) !== timeless(after)
}

function timeless(state: AlertState): string {
  const { warning, critical, turns, flappingSince, sinceAt, noDataSince } = state
  const levels = [warning, critical].flatMap(({ status, activeAt, keepSince }) => [status, activeAt, keepSince])
  return JSON.stringify([levels, turns, flappingSince, sinceAt, noDataSince])
}
