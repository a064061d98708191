import { formatDateIn } from '../time/format-zoned.ts'
import type { Locale } from '../time/locale.ts'
import type { LocalDate } from '../time/zoned.ts'

interface DateWords {
  weekday: string
  day: string
  month: string
  year: string
}

/** The words of a calendar day. A day has no zone, so it is read in the one in which its midnight is its own. */
function wordsOf(date: LocalDate, locale: Locale): DateWords {
  const [weekday = '', day = '', month = '', year = ''] = formatDateIn('UTC', Date.parse(date), locale).split(' ')
  return { weekday, day, month, year }
}

/** `Mon 9`, `lun. 9`: under a column of a plot, where month and year are already told. */
export function formatDayOfWeek(date: LocalDate, locale: Locale): string {
  const { weekday, day } = wordsOf(date, locale)
  return `${weekday} ${day}`
}

/** `9–15 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`. */
export function formatDays(first: LocalDate, last: LocalDate, locale: Locale): string {
  const one = wordsOf(first, locale)
  const other = wordsOf(last, locale)
  if (one.year !== other.year) {
    return `${one.day} ${one.month} ${one.year} – ${other.day} ${other.month} ${other.year}`
  }
  if (one.month !== other.month) return `${one.day} ${one.month} – ${other.day} ${other.month} ${other.year}`
  return `${one.day}–${other.day} ${other.month} ${other.year}`
}
