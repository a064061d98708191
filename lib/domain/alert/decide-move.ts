import type { MonitorState } from '../monitor/monitor.ts'
import type { StoredState } from '../monitor/stored-state.ts'
import type { Verdict } from '../probe/outcome.ts'
import type { Level } from '../rule/condition.ts'
import { type Instant, SECOND } from '../time/instant.ts'
import { INACTIVE, type LevelState } from './evolve-level.ts'
import type { Flapping } from './flapping.ts'
import { type AlertState, evolveAlert } from './life-cycle.ts'

export { FLAP_TURNS } from './flapping.ts'

/** What happened to a monitor with a settled verdict. */
export interface Move {
  from: MonitorState
  to: MonitorState
  turned: 'worse' | 'better' | null
  flapping: Flapping
  state: MonitorState
  sinceAt: Instant
  downStartsAt: readonly Instant[]
  flappingSince: Instant | null
}

const LEVEL: Record<MonitorState, Level | null> = { pending: null, up: null, degraded: 'warning', down: 'critical' }

/**
 * Folds a settled verdict into a monitor's state. A monitor is a rule without `for`, whose confirmation was done by repeated probes:
 * degraded is its warning level, down its critical one. `changedAt` is the start of the first attempt that departed from the old state, so
 * that an outage is dated from its first sign and not from its confirmation.
 */
export function decideMove(
  stored: StoredState,
  verdict: Verdict,
  changedAt: Instant,
  now: Instant,
  intervalSeconds: number,
): Move {
  const from = stored.state
  const { turned, flapping, state } = evolveAlert(
    toAlertState(stored, changedAt, now),
    { kind: 'judged', group: [], level: LEVEL[verdict], value: 0, limit: null, reason: verdict },
    now,
    { forMs: 0, keepFiringForMs: 0, noData: 'keep', intervalMs: intervalSeconds * SECOND },
    changedAt,
  )
  return {
    from,
    to: verdict,
    turned,
    flapping,
    state: verdict,
    sinceAt: from === verdict ? stored.sinceAt : changedAt,
    downStartsAt: state?.turns ?? [],
    flappingSince: state?.flappingSince ?? null,
  }
}

function toAlertState(stored: StoredState, changedAt: Instant, now: Instant): AlertState {
  const level = LEVEL[stored.state]
  const firing: LevelState = { status: 'firing', activeAt: stored.sinceAt, keepSince: null }
  return {
    warning: level === null ? INACTIVE : firing,
    critical: level === 'critical' ? firing : INACTIVE,
    // A monitor without a result is well from the first one on, not from when it was made.
    sinceAt: stored.state === 'pending' ? changedAt : stored.sinceAt,
    turns: stored.downStartsAt,
    flappingSince: stored.flappingSince,
    noDataSince: null,
    evaluatedAt: now,
  }
}
