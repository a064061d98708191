import type { Level, LevelLimits, Limit, Operator } from './condition.ts'

const TESTS: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  above: (value, limit) => value > limit,
  below: (value, limit) => value < limit,
  at_least: (value, limit) => value >= limit,
  at_most: (value, limit) => value <= limit,
}

/** Whether a value is beyond a limit. */
export function isBeyond(value: number, operator: Operator, limit: number): boolean {
  return TESTS[operator](value, limit)
}

export interface LevelVerdict {
  level: Level | null
  /** The limit that was crossed; of a value that crossed none, the nearer one. */
  limit: number
  /** Within the limit, but not yet back behind the recovery limit of a level that is active. */
  isRecovering: boolean
}

/**
 * The level of a value. A level that is active already holds until the value has come back behind the recovery limit; a critical alert that
 * has recovered as such may stay a warning.
 */
export function judgeLevel(value: number, limits: LevelLimits, active: Level | null): LevelVerdict {
  const { operator, warning, critical } = limits
  const isActive = { critical: active === 'critical', warning: active !== null }
  for (const [level, limit] of [
    ['critical', critical],
    ['warning', warning],
  ] as const) {
    if (limit === null) continue
    if (isBeyond(value, operator, limit.value)) return { level, limit: limit.value, isRecovering: false }
    if (isActive[level] && limit.recovery !== null && isBeyond(value, operator, limit.recovery))
      return { level, limit: limit.recovery, isRecovering: true }
  }
  return { level: null, limit: (warning ?? critical ?? NO_LIMIT).value, isRecovering: false }
}

const NO_LIMIT: Limit = { value: 0, recovery: null }
