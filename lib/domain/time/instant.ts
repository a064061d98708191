/** A point in time: milliseconds since the Unix epoch, UTC. Instants are plain numbers so that the core can subtract them. */
export type Instant = number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** RFC 3339 text in UTC with milliseconds, as Postgres and the public API read it. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString()
}

/** Reads RFC 3339 text, or Postgres's own `2026-11-21 00:06:06.46+00`, which the embedded stack answers. Throws on anything else. */
export function fromIso(text: string): Instant {
  const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  if (Number.isNaN(at)) throw new Error(`not an instant: ${text}`)
  return at
}
