import type { Instant } from './instant.ts'
import type { Locale } from './locale.ts'

/**
 * Names are written out here rather than asked of Intl: ICU renames them between versions (`Sep` became `Sept`), and a
 * message that is repeated after an upgrade of Node must still be the same bytes.
 */
const WEEKDAYS: Record<Locale, readonly string[]> = {
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  fr: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
}
const MONTHS: Record<Locale, readonly string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
}

/** Wall-clock fields of an instant in one zone. `weekday` is 0 for Sunday, `month` 1 to 12. */
export interface ZonedFields {
  year: number
  month: number
  day: number
  weekday: number
  hour: number
  minute: number
  second: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Building an Intl formatter costs far more than using one, so one is kept for each zone. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

/** True when `zone` is an IANA name that this runtime knows, such as `Europe/Paris`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

/** The zone itself, or UTC when it is unknown: a page in a named UTC is better than no page at all. */
export function knownZone(zone: string): string {
  return isTimeZone(zone) ? zone : 'UTC'
}

/** What the clock on the wall and the calendar show in `zone` (UTC when the zone is unknown). */
export function fieldsIn(zone: string, at: Instant): ZonedFields {
  const found: Record<string, number> = {}
  for (const part of formatterOf(knownZone(zone)).formatToParts(at)) found[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), hour, minute, second }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `03:12`. */
export function formatTimeIn(zone: string, at: Instant): string {
  const { hour, minute } = fieldsIn(zone, at)
  return `${two(hour)}:${two(minute)}`
}

/** `03:12:04`, where several things happened in the same minute. */
export function formatTimeWithSecondsIn(zone: string, at: Instant): string {
  return `${formatTimeIn(zone, at)}:${two(fieldsIn(zone, at).second)}`
}

/** `Sat 21 Nov 2026`, `sam. 21 nov. 2026`. */
export function formatDateIn(zone: string, at: Instant, locale: Locale): string {
  const fields = fieldsIn(zone, at)
  return `${WEEKDAYS[locale][fields.weekday]} ${dayAndMonth(fields, locale)} ${fields.year}`
}

/** `Sat 21 Nov 2026, 03:12 (Europe/Paris)`: the full form, with the zone named. */
export function formatMomentIn(zone: string, at: Instant, locale: Locale): string {
  return `${formatDateIn(zone, at, locale)}, ${formatTimeIn(zone, at)} (${knownZone(zone)})`
}

/** As short as it can be without doubt at `now`: `03:12` today, `20 Nov 23:58` this year, else with the year. */
export function formatBriefIn(zone: string, at: Instant, now: Instant, locale: Locale): string {
  const then = fieldsIn(zone, at)
  const today = fieldsIn(zone, now)
  const time = formatTimeIn(zone, at)
  if (then.year !== today.year) return `${dayAndMonth(then, locale)} ${then.year} ${time}`
  if (then.month !== today.month || then.day !== today.day) return `${dayAndMonth(then, locale)} ${time}`
  return time
}

function dayAndMonth({ day, month }: ZonedFields, locale: Locale): string {
  const ordinal = locale === 'fr' && day === 1 ? '1er' : String(day)
  return `${ordinal} ${MONTHS[locale][month - 1]}`
}
