import { HOUR, type Instant, MINUTE } from '../time/instant.ts'

/** One level of an alert, as Prometheus's rule engine has it. `activeAt`: since when the condition holds. */
export interface LevelState {
  status: 'inactive' | 'pending' | 'firing'
  activeAt: Instant | null
  /** Firing, but the condition no longer holds: since when (`keep_firing_for`). */
  keepSince: Instant | null
}

export interface LevelPolicy {
  forMs: number
  keepFiringForMs: number
}

export const INACTIVE: LevelState = { status: 'inactive', activeAt: null, keepSince: null }

/** Prometheus's default for `rules.alert.for-outage-tolerance`: what was pending before a longer outage begins anew. */
const OUTAGE_TOLERANCE_MS = HOUR
/** Prometheus's default for `rules.alert.for-grace-period`: what resumes waits for at least this long, so that the data can catch up. */
const FOR_GRACE_MS = 10 * MINUTE

/**
 * Prometheus's machine for one level (`rules/alerting.go`): pending when the condition is first seen to hold, firing when it has held for
 * `forMs`, gone at once when it was only pending, kept firing for `keepFiringForMs` after it last held. Unlike Prometheus, a longer `forMs`
 * does not take back an alert that fires: it has been told, and only its end may follow.
 * `firstSignAt`: where it is known that the condition began before this evaluation.
 */
export function evolveLevel(
  previous: LevelState,
  holds: boolean,
  at: Instant,
  policy: LevelPolicy,
  firstSignAt: Instant = at,
): LevelState {
  if (!holds) return release(previous, at, policy.keepFiringForMs)
  const activeAt = previous.status === 'inactive' ? firstSignAt : (previous.activeAt ?? firstSignAt)
  const fires = previous.status === 'firing' || at - activeAt >= policy.forMs
  return { status: fires ? 'firing' : 'pending', activeAt, keepSince: null }
}

function release(previous: LevelState, at: Instant, keepFiringForMs: number): LevelState {
  if (previous.status !== 'firing') return INACTIVE
  const keepSince = previous.keepSince ?? at
  return at - keepSince < keepFiringForMs ? { ...previous, keepSince } : INACTIVE
}

/**
 * A level as it resumes after nobody has evaluated since `lastAt` (`RestoreForState` in `rules/group.go`): the time away does not count as
 * time that the condition held. What fires stays as it is.
 */
export function resumeLevel(level: LevelState, lastAt: Instant, at: Instant, forMs: number): LevelState {
  if (level.status !== 'pending' || level.activeAt === null) return level
  const awayMs = at - lastAt
  if (awayMs > OUTAGE_TOLERANCE_MS || forMs < FOR_GRACE_MS) return INACTIVE
  const remainingMs = forMs - (lastAt - level.activeAt)
  if (remainingMs <= 0) return level
  return {
    ...level,
    activeAt: remainingMs < FOR_GRACE_MS ? at + FOR_GRACE_MS - forMs : level.activeAt + awayMs,
  }
}
