import { type Instant, MINUTE } from '@/lib/domain/time/instant.ts'
import { instantIn } from '@/lib/domain/time/zoned.ts'

/** `2026-11-23T02:00` of a browser's own control, on the clocks of a zone; NaN when it is none. */
export function readMoment(text: string, timeZone: string): Instant {
  const [, date, hours, minutes] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text) ?? []
  if (date === undefined || Number.isNaN(Date.parse(date))) return Number.NaN
  return instantIn(timeZone, date, (Number(hours) * 60 + Number(minutes)) * MINUTE)
}
