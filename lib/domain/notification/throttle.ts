import { formatDuration } from '../time/format-duration.ts'
import type { Instant } from '../time/instant.ts'

/** Why a beginning is not told because one was told just before; null when nothing stands against it. One English sentence. */
export function decideThrottle(throttleMs: number, toldAt: Instant | null, now: Instant): string | null {
  if (throttleMs === 0 || toldAt === null || now - toldAt >= throttleMs) return null
  const ago = formatDuration(now - toldAt, 'en')
  return `Nobody was told: the rule was told ${ago} ago, and tells at most once in ${formatDuration(throttleMs, 'en')}.`
}

/** Whether an alert that nobody acknowledges is told again, and for the how many-th time since it began; null when not. */
export function decideRepetition(
  repeatMs: number,
  { startedAt, toldAt }: { startedAt: Instant; toldAt: Instant | null },
  now: Instant,
): number | null {
  if (repeatMs === 0 || toldAt === null || now - toldAt < repeatMs) return null
  return Math.max(1, Math.floor((now - startedAt) / repeatMs))
}
