import type { Level } from '../rule/condition.ts'
import type { NoData } from '../rule/rule.ts'
import { formatDuration } from '../time/format-duration.ts'
import { type Instant, toIso } from '../time/instant.ts'
import type { LevelPolicy } from './evolve-level.ts'
import type { AlertState, AlertTransition } from './life-cycle.ts'

interface Step {
  /** The worst level that fired before, and that fires now. */
  from: Level | null
  to: Level | null
  at: Instant
  /** What the evaluation said. */
  said: string
  policy: LevelPolicy
}

const SILENCE_MEANS: Record<NoData, string> = {
  resolve: 'which this rule takes for well',
  keep: 'so it stays as it was',
  alert: 'which this rule alerts on',
}

/** `no data since …`, and what the rule makes of it. */
export function explainNoData(since: Instant, noData: NoData): string {
  return `no data since ${formatMinute(since)}, ${SILENCE_MEANS[noData]}`
}

/** `2026-11-23 09:00 UTC`. By hand: a back-test says it for every minute of a month. */
function formatMinute(at: Instant): string {
  return `${toIso(at).slice(0, 16).replace('T', ' ')} UTC`
}

/** What the step from one state to the next is called, and why it was made. */
export function explainEvolution(
  previous: AlertState | null,
  state: AlertState,
  step: Step,
): { reason: string; transitions: AlertTransition[] } {
  const pend = pendingStep(previous, state, step)
  const change = firingStep(state, step)
  const transitions = [pend, change].filter((transition) => transition !== null)
  return { reason: change?.reason ?? pend?.reason ?? standingReason(state, step), transitions }
}

/** A level that begins to wait, where nothing as bad is told already. */
function pendingStep(
  previous: AlertState | null,
  state: AlertState,
  { to, said, policy }: Step,
): AlertTransition | null {
  const level = pendingLevel(state)
  if (level === null || to === 'critical' || to === level) return null
  const { activeAt } = state[level]
  if (activeAt === null || (previous !== null && previous[level].status === 'pending')) return null
  const reason = `${said}; fires if it still does after ${formatDuration(policy.forMs, 'en')}`
  return { op: 'pend', level, activeAt, reason }
}

function pendingLevel(state: AlertState): Level | null {
  if (state.critical.status === 'pending') return 'critical'
  return state.warning.status === 'pending' ? 'warning' : null
}

function firingStep(state: AlertState, { from, to, at, said, policy }: Step): AlertTransition | null {
  if (from === to) return null
  if (to === null) return { op: 'resolve', at, reason: said }
  if (from !== null) return { op: 'change_level', from, to, at, reason: said }
  const held = policy.forMs === 0 ? '' : `, for ${formatDuration(policy.forMs, 'en')}`
  return { op: 'fire', level: to, startedAt: state[to].activeAt ?? at, reason: `${said}${held}` }
}

function standingReason(state: AlertState, { to, said, policy }: Step): string {
  const keepSince = to === null ? null : state[to].keepSince
  if (keepSince === null) return said
  return `${said}; keeps firing until it has been so for ${formatDuration(policy.keepFiringForMs, 'en')}`
}
