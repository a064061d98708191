import type { Move } from '../alert/decide-move.ts'
import type { Priority } from '../monitor/severity.ts'
import { type Instant, MINUTE, SECOND } from '../time/instant.ts'
import { type IncidentWords, MONITOR_WORDS } from './incident-words.ts'

/** The last incident that a monitor was part of, as the store knows it. */
export interface IncidentFacts {
  id: string
  number: number
  status: 'triggered' | 'acknowledged' | 'resolved'
  priority: Priority
  episode: number
  flapping: boolean
  title: string
  startedAt: Instant
  resolvedAt: Instant | null
  resolvedBy: string | null
}

/** Down again so soon after the end is the same incident, not a new one. */
const REOPEN_WITHIN_MS = 5 * MINUTE
const REOPEN_WITHIN_INTERVALS = 3

/**
 * Whether monitors that fail together need an incident of their own. Not when all of them come out of the same one: a shared cause that
 * comes back belongs where it was.
 */
export function needsSharedIncident(lastIncidents: readonly (Pick<IncidentFacts, 'id'> | null)[]): boolean {
  const ids = new Set(lastIncidents.map((last) => last?.id ?? null))
  return lastIncidents.length > 1 && (ids.size > 1 || ids.has(null))
}

/**
 * What happens to the monitor's incident.
 * `page` says whether the move is told; `reason` says why or why not, and stands in the timeline.
 */
export type IncidentDecision =
  | { op: 'none' }
  | { op: 'open'; page: true; flapping: boolean; reason: string }
  | { op: 'reopen'; page: true; incident: IncidentFacts; episode: number; flapping: boolean; reason: string }
  /** The incident is open already: the monitor's turn is a line in its timeline. */
  | { op: 'continue'; page: false; incident: IncidentFacts; flapping: boolean; reason: string }
  | { op: 'resolve'; incident: IncidentFacts; reason: string }

/** What of a move decides; a rule has no more. Of a rule `down` is critical and `degraded` a warning. */
export type IncidentMove = Pick<Move, 'from' | 'to' | 'turned' | 'flapping'>

/** `isOneOfMany`: it fails together with others whose last incidents are not this one; they share a new one. */
export function decideIncident(
  move: IncidentMove,
  last: IncidentFacts | null,
  now: Instant,
  intervalSeconds: number,
  isOneOfMany = false,
  words: IncidentWords = MONITOR_WORDS,
): IncidentDecision {
  const open = last !== null && last.status !== 'resolved' ? last : null
  if (move.flapping === 'stabilised') {
    return open === null ? { op: 'none' } : { op: 'resolve', incident: open, reason: words.stable }
  }
  if (move.turned === 'worse' && move.to === 'down')
    return decideFailure(move, isOneOfMany ? null : last, open, now, intervalSeconds, words)
  if (move.turned === 'better' && move.from === 'down' && open !== null) {
    if (move.flapping === 'ongoing') {
      return { op: 'continue', page: false, incident: open, flapping: true, reason: words.betterFlapping }
    }
    return { op: 'resolve', incident: open, reason: move.to === 'degraded' ? words.betterNotWell : words.better }
  }
  return { op: 'none' }
}

function decideFailure(
  move: IncidentMove,
  last: IncidentFacts | null,
  open: IncidentFacts | null,
  now: Instant,
  intervalSeconds: number,
  words: IncidentWords,
): IncidentDecision {
  const flapping = move.flapping !== 'none'
  if (open !== null) {
    const reason = flapping ? words.worseFlapping : words.worse
    return { op: 'continue', page: false, incident: open, flapping, reason }
  }
  const reopenMs = Math.max(REOPEN_WITHIN_MS, REOPEN_WITHIN_INTERVALS * intervalSeconds * SECOND)
  const isRecent = last?.resolvedAt != null && now - last.resolvedAt <= reopenMs
  if (last !== null && isRecent) {
    const reason = flapping ? words.reopenedFlapping : words.reopened
    return { op: 'reopen', page: true, incident: last, episode: last.episode + 1, flapping, reason }
  }
  return { op: 'open', page: true, flapping, reason: flapping ? words.openedFlapping : words.opened }
}
