import { Cron } from 'croner'
import type { Instant } from './instant.ts'

/**
 * First time after `after` at which a five-field cron expression is due in an IANA zone. croner computes on the zone's own calendar,
 * so an hour that summer time skips or repeats is handled as Vixie cron does. Throws on an expression or zone that does not exist.
 */
export function nextCronAt(expression: string, timeZone: string, after: Instant): Instant | null {
  const next = new Cron(expression, { timezone: timeZone, paused: true }).nextRun(new Date(after))
  return next === null ? null : next.getTime()
}

/** True for an expression of five fields that comes due some day. Asked of a fixed day, so that the answer never changes. */
export function isCronExpression(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false
  try {
    return nextCronAt(expression, 'UTC', 0) !== null
  } catch {
    return false
  }
}
