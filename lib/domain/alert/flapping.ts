import { type Instant, MINUTE } from '../time/instant.ts'

/** Turns for the worse within the window that make a subject flapping: the third is told as such, the ones after it are not told. */
export const FLAP_TURNS = 3
const FLAP_WINDOW_MS = 15 * MINUTE
const FLAP_WINDOW_INTERVALS = 6
/** A flapping subject is well again after this long without a turn for the worse. */
const STABLE_MS = 5 * MINUTE
const STABLE_INTERVALS = 5
/** Turns kept in the state: enough to judge, small enough to carry on every row. */
const TURNS_KEPT = 10

/** `started` accompanies a turn; `stabilised` ends flapping. */
export type Flapping = 'none' | 'started' | 'ongoing' | 'stabilised'

/** What is remembered of turns for the worse, of a monitor as of a rule's group. Oldest first. */
export interface TurnHistory {
  turns: readonly Instant[]
  flappingSince: Instant | null
}

/** What an evaluation saw. `wellSince`: null unless it was well before and still is. */
export interface Turn {
  turned: 'worse' | 'better' | null
  /** When the turn happened, which may be before it was confirmed. */
  turnedAt: Instant
  wellSince: Instant | null
  now: Instant
  intervalMs: number
}

/** Folds an evaluation into the history of turns. Windows grow with the interval, so that a subject that is seldom looked at can flap too. */
export function evolveFlapping(history: TurnHistory, turn: Turn): TurnHistory & { flapping: Flapping } {
  const { now, intervalMs } = turn
  const windowMs = Math.max(FLAP_WINDOW_MS, FLAP_WINDOW_INTERVALS * intervalMs)
  const recent = history.turns.filter((at) => at > now - windowMs)
  const turns = (turn.turned === 'worse' ? [...recent, turn.turnedAt] : recent).slice(-TURNS_KEPT)
  if (history.flappingSince !== null) {
    const stableMs = Math.max(STABLE_MS, STABLE_INTERVALS * intervalMs)
    const isStable = turn.wellSince !== null && now - turn.wellSince >= stableMs
    return isStable
      ? { flapping: 'stabilised', turns: [], flappingSince: null }
      : { flapping: 'ongoing', turns, flappingSince: history.flappingSince }
  }
  const starts = turn.turned === 'worse' && turns.length >= FLAP_TURNS
  return { flapping: starts ? 'started' : 'none', turns, flappingSince: starts ? turn.turnedAt : null }
}
