import { DAY, HOUR, MINUTE, SECOND } from './instant.ts'
import type { Locale } from './locale.ts'

/** Below this, "1 min" for 119 s would be off by half, so seconds are said too. */
const SECONDS_MATTER_BELOW_MS = 2 * MINUTE

const DAY_UNIT: Record<Locale, string> = { en: 'd', fr: 'j' }

/**
 * A length of time in at most two adjacent units: `45 s`, `1 min 30 s`, `4 min`, `1 h 12 min`, `2 d 3 h` (`2 j 3 h`).
 * Rounded down, because an outage is never told longer than it was; negative lengths (clock skew) read `0 s`.
 */
export function formatDuration(durationMs: number, locale: Locale): string {
  const ms = Math.max(0, durationMs)
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < SECONDS_MATTER_BELOW_MS) return joinUnits(ms, MINUTE, 'min', SECOND, 's')
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return joinUnits(ms, HOUR, 'h', MINUTE, 'min')
  return joinUnits(ms, DAY, DAY_UNIT[locale], HOUR, 'h')
}

function joinUnits(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small)
  const head = `${Math.floor(ms / large)} ${largeName}`
  return rest === 0 ? head : `${head} ${rest} ${smallName}`
}
