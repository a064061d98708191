import type { Move } from '../alert/decide-move.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { decideMute, type Mute } from '../mute/decide-mute.ts'
import { labelsOfMonitor } from '../mute/labels.ts'
import { suspectDeployment } from '../mute/suspect-deployment.ts'
import type { Verdict } from '../probe/outcome.ts'
import type { Figures } from '../series/figures.ts'
import type { Instant } from '../time/instant.ts'
import type { DecisionContext, ProbeFigures } from './decision-context.ts'

/** Whether what a monitor turned to is kept quiet. Being up never is. */
export function muteOf(monitor: Monitor, verdict: Verdict, context: DecisionContext, now: Instant): Mute {
  if (verdict === 'up') return { muted: false }
  return decideMute({ labels: labelsOfMonitor(monitor, verdict), monitorKey: monitor.key, at: now }, context.mutes)
}

/** The deployment that may be to blame for a failure that began at `startedAt`, as a sentence; null where none is. */
export function suspectOf(context: DecisionContext, startedAt: Instant, failed: number): string | null {
  const { comparison } = context
  if (comparison === null) return null
  const { deployment, soakMs, before, after } = comparison
  const request = { deployment, at: startedAt, soakMs, before: toFigures(before) }
  // What fails now is not stored yet.
  const withFailure = { ...after, count: after.count + failed }
  return (
    suspectDeployment({ ...request, compared: 'success', after: toFigures(withFailure) }) ??
    suspectDeployment({ ...request, compared: 'p95', after: toFigures(after) })
  )
}

function toFigures({ count, answered, minMs, maxMs, histogram }: ProbeFigures): Figures {
  return { kind: 'histogram', count, sum: answered, min: minMs, max: maxMs, last: null, lastAt: 0, histogram }
}

/**
 * A monitor that stays as bad as it is, whose alert was kept quiet, and that nothing keeps quiet any more: the same as if it turned bad only
 * now. Null for everything else.
 */
export function lateMove(move: Move, isMuted: boolean, mute: Mute): Move | null {
  const isSame = move.from === move.to && (move.to === 'down' || move.to === 'degraded')
  return isMuted && isSame && !mute.muted ? { ...move, from: 'up', turned: 'worse' } : null
}
