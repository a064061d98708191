import type { Instant } from '../../../domain/time/instant.ts'

/** RFC 3339, also without a zone (which is taken for UTC: Python's `isoformat` writes none) and with a space for the `T`. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|z|[+-]\d\d:?\d\d)?$/
/** The end of the year 9999: Postgres and JavaScript both write instants up to there the same way. */
const LAST_INSTANT = 253_402_300_799_999

export const NO_TIME_TEXT =
  'must be a time such as 2026-01-15T10:30:00Z, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970'

/**
 * The instant that loggers write in one of many ways; null for what is none. The unit of a number follows from its size: each of the four
 * is a thousand times the one before, so that no date of this century is ambiguous.
 */
export function parseTime(value: unknown): Instant | null {
  if (typeof value === 'number') return inRange(scale(value))
  if (typeof value !== 'string') return null
  if (/^\d+(\.\d+)?$/.test(value)) return inRange(scale(Number(value)))
  const [, day, time, fraction = '', zone = 'Z'] = WRITTEN.exec(value.trim()) ?? []
  if (day === undefined || time === undefined || !isDay(day)) return null
  const seconds = time.length === 5 ? `${time}:00` : time
  const withColon = zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  return inRange(Date.parse(`${day}T${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${withColon}`))
}

function scale(value: number): number {
  if (value < 1e11) return value * 1_000
  if (value < 1e14) return value
  return value < 1e17 ? value / 1e3 : value / 1e6
}

/** `Date.parse` takes the 31st of February for the 3rd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(day)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

/** NaN, which is what `Date.parse` makes of an hour 25, is in no range. */
function inRange(at: number): Instant | null {
  const whole = Math.floor(at)
  return whole > 0 && whole <= LAST_INSTANT ? whole : null
}
