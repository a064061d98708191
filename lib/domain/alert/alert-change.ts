import type { Severity } from '../monitor/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { Move } from './decide-move.ts'

export type AlertKind = 'down' | 'degraded'

/** What a turn of a monitor does to its alerts. At most one of a kind fires at a time. */
export type AlertTurn =
  | { op: 'fire'; kind: AlertKind; severity: Severity; reason: string; startedAt: Instant }
  /** `tell`: those who heard of it hear of its end. A degradation that turns into an outage ends silently: the outage is told. */
  | { op: 'resolve'; kind: AlertKind; reason: string; at: Instant; tell: boolean }

/** What the store does to a monitor's alerts. `unmute`: kept quiet when it began, nothing does any more, and it still fires: told now. */
export type AlertChange = AlertTurn | { op: 'unmute'; kind: AlertKind; reason: string; at: Instant }

/** Which alerts a move fires and resolves. Pure bookkeeping: who is told is decided after it. */
export function decideAlerts(move: Move, severity: Severity, reason: string, changedAt: Instant): AlertTurn[] {
  if (move.from === move.to) return []
  const changes: AlertTurn[] = []
  const left = move.from === 'pending' ? 'up' : move.from
  if (left === 'down' || left === 'degraded') {
    changes.push({ op: 'resolve', kind: left, reason, at: changedAt, tell: move.to === 'up' })
  }
  if (move.to === 'down') changes.push({ op: 'fire', kind: 'down', severity, reason, startedAt: changedAt })
  // After an outage "slow but answering" is part of its resolution, not news of its own.
  if (move.to === 'degraded' && left === 'up') {
    changes.push({ op: 'fire', kind: 'degraded', severity, reason, startedAt: changedAt })
  }
  return changes
}
