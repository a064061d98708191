import type { ConfirmPolicy } from '../monitor/config.ts'
import type { MonitorState } from '../monitor/monitor.ts'
import type { Instant } from '../time/instant.ts'
import type { Verdict } from './outcome.ts'

/** Attempts that confirm a change span at least this: a real outage costs seconds, a hiccup of the network does not page. */
export const CONFIRM_SPREAD_MS = 5_000
/**
 * The last attempt starts at least this long after the first one ended, so that a failure of 4 s never confirms, not even
 * when the first attempt spent its whole time-out in it.
 */
export const CONFIRM_GAP_MS = 4_100

export interface Attempt {
  startedAt: Instant
  durationMs: number
  verdict: Verdict
}

export type RecheckPlan =
  | { settled: false; at: Instant }
  /** `verdict` is what the monitor's state becomes or stays; `reason` says why, for people. */
  | { settled: true; verdict: Verdict; reason: string }

const RANK: Record<Verdict, number> = { up: 0, degraded: 1, down: 2 }

/**
 * Decides whether a slot's attempts settle its verdict, or when to look again. An attempt that repeats the stored state
 * settles at once. One that contradicts it is repeated until `failures` (for the worse) or `successes` (for the better)
 * attempts in a row depart from the state in the same direction; a single one that does not leaves the state as it was.
 * Attempts that differ in degree settle as the less certain change: the mildest of a turn for the worse, the worst of one for
 * the better. A `pending` monitor counts as up, but needs no proof of being up.
 * `attempts` are those of this slot in order, at least one. Throws on none.
 */
export function planRecheck(policy: ConfirmPolicy, attempts: readonly Attempt[], state: MonitorState): RecheckPlan {
  const first = attempts[0]
  const latest = attempts.at(-1)
  if (first === undefined || latest === undefined) throw new Error('planRecheck needs at least one attempt')
  const stored: Verdict = state === 'pending' ? 'up' : state
  const storedRank = RANK[stored]
  if (RANK[first.verdict] === storedRank) {
    const reason = state === 'pending' ? 'first result' : `still ${stored}`
    return { settled: true, verdict: first.verdict, reason }
  }
  const isWorse = RANK[first.verdict] > storedRank
  const needed = isWorse ? policy.failures : policy.successes
  const departs = (attempt: Attempt) =>
    isWorse ? RANK[attempt.verdict] > storedRank : RANK[attempt.verdict] < storedRank
  if (!attempts.every(departs)) {
    const agreed = attempts.filter(departs).length
    const reason = `${agreed} of ${attempts.length} attempts said ${first.verdict}, ${needed} in a row are needed: stays ${stored}`
    return { settled: true, verdict: stored, reason }
  }
  if (attempts.length < needed) return { settled: false, at: scheduleAttempt(attempts.length, needed, first, latest) }
  const ranks = attempts.slice(0, needed).map((attempt) => RANK[attempt.verdict])
  const verdict = verdictOfRank(isWorse ? Math.min(...ranks) : Math.max(...ranks))
  const reason = needed === 1 ? `${verdict} at the first attempt` : `${verdict} in ${needed} attempts in a row`
  return { settled: true, verdict, reason }
}

function verdictOfRank(rank: number): Verdict {
  return rank === 0 ? 'up' : rank === 1 ? 'degraded' : 'down'
}

/** The last attempt stands at the end of the spread, the others evenly between; none starts before its predecessor ended. */
function scheduleAttempt(index: number, needed: number, first: Attempt, latest: Attempt): Instant {
  const firstEndedAt = first.startedAt + first.durationMs
  const lastAt = Math.max(first.startedAt + CONFIRM_SPREAD_MS, firstEndedAt + CONFIRM_GAP_MS)
  const share = index / (needed - 1)
  const plannedAt = Math.ceil(firstEndedAt + (lastAt - firstEndedAt) * share)
  return Math.max(plannedAt, Math.ceil(latest.startedAt + latest.durationMs))
}
