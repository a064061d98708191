import type { Channel, ChannelKind } from '../notification/channel.ts'
import type { NotificationKind } from '../notification/message.ts'
import type { NextAttempt } from './next.ts'

/** The first channel gets two quick chances; a page that still has not gone out takes another way. */
export const FALLBACK_AFTER_ATTEMPTS = 3

/** What reaches a person first. A webhook reaches a program, so it comes last. */
const PREFERENCE: readonly ChannelKind[] = ['email', 'slack', 'sms', 'webhook']

/**
 * Chooses a second channel when the first keeps failing or failed for good. Only the beginning of an incident is worth it: its end
 * goes to whoever was told. `spare` are enabled channels that have not been told of this incident.
 */
export function chooseFallback(
  kind: NotificationKind,
  channel: Pick<Channel, 'name'>,
  attempt: number,
  next: NextAttempt,
  spare: readonly Pick<Channel, 'id' | 'kind' | 'name'>[],
): { channelId: string; reason: string } | null {
  if (kind !== 'incident.triggered' || next.kind === 'done') return null
  // Exactly at the third attempt, or at once when there will be no further one.
  if (next.kind === 'retry' && attempt !== FALLBACK_AFTER_ATTEMPTS) return null
  const chosen = [...spare].sort((a, b) => PREFERENCE.indexOf(a.kind) - PREFERENCE.indexOf(b.kind))[0]
  if (chosen === undefined) return null
  const failed = next.kind === 'retry' ? `keeps failing (${attempt} attempts)` : 'could not be reached'
  return { channelId: chosen.id, reason: `${channel.name} ${failed}, so ${chosen.name} is told instead.` }
}
