import type { Move } from '../alert/decide-move.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { decideMute, type Mute } from '../mute/decide-mute.ts'
import { labelsOfMonitor } from '../mute/labels.ts'
import type { Verdict } from '../probe/outcome.ts'
import type { Instant } from '../time/instant.ts'
import type { DecisionContext } from './decision-context.ts'

/** Whether what a monitor turned to is kept quiet. Being up never is. */
export function muteOf(monitor: Monitor, verdict: Verdict, context: DecisionContext, now: Instant): Mute {
  if (verdict === 'up') return { muted: false }
  return decideMute({ labels: labelsOfMonitor(monitor, verdict), monitorKey: monitor.key, at: now }, context.mutes)
}

/**
 * A monitor that stays as bad as it is, whose alert was kept quiet, and that nothing keeps quiet any more: the same as if it turned bad only
 * now. Null for everything else.
 */
export function lateMove(move: Move, isMuted: boolean, mute: Mute): Move | null {
  const isSame = move.from === move.to && (move.to === 'down' || move.to === 'degraded')
  return isMuted && isSame && !mute.muted ? { ...move, from: 'up', turned: 'worse' } : null
}
