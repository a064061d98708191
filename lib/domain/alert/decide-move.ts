import type { MonitorState } from '../monitor/monitor.ts'
import type { StoredState } from '../monitor/stored-state.ts'
import type { Verdict } from '../probe/outcome.ts'
import { type Instant, MINUTE, SECOND } from '../time/instant.ts'

/** Turns for the worse within the window that make a monitor flapping: the third is told as such, the ones after it are not told. */
export const FLAP_TURNS = 3
const FLAP_WINDOW_MS = 15 * MINUTE
const FLAP_WINDOW_INTERVALS = 6
/** A flapping monitor's incident closes after this long without a failure. */
const STABLE_MS = 5 * MINUTE
const STABLE_INTERVALS = 5
/** Turns kept in the state: enough to judge, small enough to carry on every row. */
const TURNS_KEPT = 10

/** What happened to a monitor with a settled verdict. `started_flapping` accompanies a turn; `stabilised` ends flapping. */
export interface Move {
  from: MonitorState
  to: MonitorState
  turned: 'worse' | 'better' | null
  flapping: 'none' | 'started' | 'ongoing' | 'stabilised'
  state: MonitorState
  sinceAt: Instant
  downStartsAt: readonly Instant[]
  flappingSince: Instant | null
}

const RANK: Record<MonitorState, number> = { pending: 0, up: 0, degraded: 1, down: 2 }

/**
 * Folds a settled verdict into a monitor's state. `changedAt` is the start of the first attempt that departed from the old state, so
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
  const turned = RANK[verdict] > RANK[from] ? 'worse' : RANK[verdict] < RANK[from] ? 'better' : null
  const sinceAt = from === verdict ? stored.sinceAt : changedAt
  const windowMs = Math.max(FLAP_WINDOW_MS, FLAP_WINDOW_INTERVALS * intervalSeconds * SECOND)
  const recent = stored.downStartsAt.filter((at) => at > now - windowMs)
  const downStartsAt = (turned === 'worse' ? [...recent, changedAt] : recent).slice(-TURNS_KEPT)

  if (stored.flappingSince !== null) {
    const stableMs = Math.max(STABLE_MS, STABLE_INTERVALS * intervalSeconds * SECOND)
    const isStable = verdict === 'up' && from === 'up' && now - stored.sinceAt >= stableMs
    return isStable
      ? {
          from,
          to: verdict,
          turned,
          flapping: 'stabilised',
          state: verdict,
          sinceAt,
          downStartsAt: [],
          flappingSince: null,
        }
      : {
          from,
          to: verdict,
          turned,
          flapping: 'ongoing',
          state: verdict,
          sinceAt,
          downStartsAt,
          flappingSince: stored.flappingSince,
        }
  }
  const starts = turned === 'worse' && downStartsAt.length >= FLAP_TURNS
  return {
    from,
    to: verdict,
    turned,
    flapping: starts ? 'started' : 'none',
    state: verdict,
    sinceAt,
    downStartsAt,
    flappingSince: starts ? changedAt : null,
  }
}
