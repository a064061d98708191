import { LEVELS, type Level } from '../rule/condition.ts'
import type { GroupOutcome } from '../rule/outcome.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { evolveLevel, INACTIVE, type LevelState, resumeLevel } from './evolve-level.ts'
import { evolveFlapping, type Flapping, type TurnHistory } from './flapping.ts'
import { explainEvolution, explainNoData } from './life-cycle-reason.ts'
import type { AlertPolicy } from './policy.ts'

export type { LevelState } from './evolve-level.ts'

/** Everything that is remembered of one rule and group between evaluations. */
export interface AlertState extends TurnHistory {
  warning: LevelState
  critical: LevelState
  /** Since when the worst level that fires, or none, is what it is. */
  sinceAt: Instant
  noDataSince: Instant | null
  evaluatedAt: Instant
}

/** What an evaluation did to an alert; at most one alert a rule and group is open, at the worst level that fires. */
export type AlertTransition =
  | { op: 'pend'; level: Level; activeAt: Instant; reason: string }
  | { op: 'fire'; level: Level; startedAt: Instant; reason: string }
  | { op: 'change_level'; from: Level; to: Level; at: Instant; reason: string }
  | { op: 'resolve'; at: Instant; reason: string }

/**
 * What became of a group. `absent`: it was not in the result at all. `gone`: what it is about is not there to be asked any more, so that its
 * silence means nothing. `failed`: nobody knows, so nothing changes.
 */
export type SeenOutcome = GroupOutcome | { kind: 'absent' } | { kind: 'gone' | 'failed'; reason: string }

export interface Evolution {
  /** Null when there is nothing to remember. */
  state: AlertState | null
  /** In the order in which they happened; at most one of fire, change_level and resolve. */
  transitions: AlertTransition[]
  /** The worst level that fired before, and that fires now. */
  from: Level | null
  to: Level | null
  turned: 'worse' | 'better' | null
  /** While `ongoing`, further turns are no news; `stabilised` is the end that is told. */
  flapping: Flapping
  /** One English sentence on where the alert stands. Never empty. */
  reason: string
}

/** More missed evaluations than this are an outage of the evaluator; fewer are a hiccup, during which conditions are taken to have held. */
const OUTAGE_AFTER_INTERVALS = 5
/** A group of a rule that splits is forgotten when it has been silent for so long: what it stood for is gone. */
const FORGET_SILENT_AFTER_MS = DAY

/** The worst level that fires; null when none does. */
export function firingLevelOf(state: AlertState | null): Level | null {
  return worstIn('firing', state)
}

function worstIn(status: LevelState['status'], state: Pick<AlertState, Level> | null): Level | null {
  if (state?.critical.status === status) return 'critical'
  return state?.warning.status === status ? 'warning' : null
}

/**
 * Folds the outcome of an evaluation at `at` into what is remembered of a rule and group: Prometheus's machine for each level (a critical
 * outcome holds for the warning level too), one alert over both. `firstSignAt`: when a change began, where it was confirmed after that.
 * Evaluating the same instant twice changes nothing the second time.
 */
export function evolveAlert(
  previous: AlertState | null,
  outcome: SeenOutcome,
  at: Instant,
  policy: AlertPolicy,
  firstSignAt: Instant = at,
): Evolution {
  const from = firingLevelOf(previous)
  if (outcome.kind === 'failed') return stand(previous, from, at, `could not be evaluated: ${outcome.reason}`)
  if (previous === null && (outcome.kind === 'absent' || outcome.kind === 'gone'))
    return stand(null, null, at, 'never seen')

  if (previous !== null && outcome.kind === 'judged' && outcome.level === null && isAtRest(previous))
    return stayAtRest(previous, outcome.reason, at)

  const noDataSince = outcome.kind === 'judged' ? null : silentSince(previous, outcome, at)
  const before = resume(previous ?? begin(firstSignAt, at), at, policy)
  const isGone = outcome.kind === 'gone'
  const held = heldLevel(outcome, policy)
  const levels =
    held === 'kept'
      ? before
      : evolveLevels(before, held, at, isGone ? { ...policy, keepFiringForMs: 0 } : policy, firstSignAt)
  const to = worstIn('firing', levels)
  const turned = from === to ? null : rank(to) > rank(from) ? 'worse' : 'better'
  const { flapping, ...history } = evolveFlapping(before, {
    turned,
    turnedAt: firstSignAt,
    wellSince: from === null && to === null ? before.sinceAt : null,
    now: at,
    // What waits before it fires and lingers after it cannot turn as often as it is looked at.
    intervalMs: policy.intervalMs + policy.forMs + policy.keepFiringForMs,
  })
  const { warning, critical } = levels
  const sinceAt = from === to ? before.sinceAt : firstSignAt
  const state: AlertState = { warning, critical, ...history, sinceAt, noDataSince, evaluatedAt: at }
  const said = outcome.kind === 'judged' || isGone ? outcome.reason : explainNoData(noDataSince ?? at, policy.noData)
  const { reason, transitions } = explainEvolution(previous, state, { from, to, at, said, policy })
  return {
    state: isGone || isForgotten(state, outcome, at) ? null : state,
    transitions,
    from,
    to,
    turned,
    flapping,
    reason,
  }
}

/** Nothing is open, waits, or is counted as a turn. */
function isAtRest({ warning, critical, turns, flappingSince }: AlertState): boolean {
  return warning.status === 'inactive' && critical.status === 'inactive' && turns.length === 0 && flappingSince === null
}

/** What most evaluations come to, without the machine that would say the same. */
function stayAtRest(previous: AlertState, reason: string, at: Instant): Evolution {
  const state: AlertState = {
    warning: INACTIVE,
    critical: INACTIVE,
    turns: previous.turns,
    flappingSince: null,
    sinceAt: previous.sinceAt,
    noDataSince: null,
    evaluatedAt: at,
  }
  return { state, transitions: [], from: null, to: null, turned: null, flapping: 'none', reason }
}

/** Nothing happened: an error keeps alerts as they are, and the time that it took counts as in Prometheus. */
function stand(previous: AlertState | null, level: Level | null, at: Instant, reason: string): Evolution {
  const flapping = previous !== null && previous.flappingSince !== null ? 'ongoing' : 'none'
  const state = previous === null ? null : { ...previous, evaluatedAt: at }
  return { state, transitions: [], from: level, to: level, turned: null, flapping, reason }
}

function begin(sinceAt: Instant, at: Instant): AlertState {
  return {
    warning: INACTIVE,
    critical: INACTIVE,
    turns: [],
    flappingSince: null,
    sinceAt,
    noDataSince: null,
    evaluatedAt: at,
  }
}

function resume(state: AlertState, at: Instant, { intervalMs, forMs }: AlertPolicy): AlertState {
  if (at - state.evaluatedAt <= OUTAGE_AFTER_INTERVALS * intervalMs) return state
  const resumed = (level: LevelState) => resumeLevel(level, state.evaluatedAt, at, forMs)
  return { ...state, warning: resumed(state.warning), critical: resumed(state.critical) }
}

function evolveLevels(
  before: AlertState,
  held: Level | null,
  at: Instant,
  policy: AlertPolicy,
  firstSignAt: Instant,
): Pick<AlertState, Level> {
  return {
    warning: evolveLevel(before.warning, held !== null, at, policy, firstSignAt),
    critical: evolveLevel(before.critical, held === 'critical', at, policy, firstSignAt),
  }
}

/** The level whose condition holds; `kept` leaves everything as it is. */
function heldLevel(outcome: Exclude<SeenOutcome, { kind: 'failed' }>, policy: AlertPolicy): Level | null | 'kept' {
  if (outcome.kind === 'judged') return outcome.level
  if (outcome.kind === 'gone') return null
  if (policy.noData === 'keep') return 'kept'
  return policy.noData === 'alert' ? (policy.worstLevel ?? 'critical') : null
}

/** A silence goes on from where it began: an evaluator that only knows its window would see it begin anew each minute. */
function silentSince(previous: AlertState | null, outcome: SeenOutcome, at: Instant): Instant {
  const known = outcome.kind === 'no_data' ? outcome.since : null
  return previous?.noDataSince ?? known ?? at
}

/** A group that is not asked for any more, or has been silent for long, and of which nothing is open. A rule's only group is never forgotten. */
function isForgotten(state: AlertState, outcome: SeenOutcome, at: Instant): boolean {
  const isIdle = LEVELS.every((level) => state[level].status === 'inactive')
  if (!isIdle || state.turns.length > 0 || state.flappingSince !== null || state.noDataSince === null) return false
  if (outcome.kind === 'absent') return true
  return outcome.kind === 'no_data' && outcome.group.length > 0 && at - state.noDataSince >= FORGET_SILENT_AFTER_MS
}

function rank(level: Level | null): number {
  return level === null ? 0 : LEVELS.indexOf(level) + 1
}
