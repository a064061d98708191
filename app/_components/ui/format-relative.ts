import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'

const UNITS: readonly { ms: number; en: string; fr: string }[] = [
  { ms: DAY, en: 'd', fr: 'j' },
  { ms: HOUR, en: 'h', fr: 'h' },
  { ms: MINUTE, en: 'min', fr: 'min' },
  { ms: SECOND, en: 's', fr: 's' },
]

/**
 * `12 s ago`, `4 min ago`, `in 3 h`; `il y a 12 s`, `dans 3 h`. Own words because Intl writes `12s ago` and `-12 s` in its
 * narrow style, and because server and browser must write the same bytes. Rounded down, like every age.
 */
export function formatRelative(at: Instant, now: Instant, locale: Locale): string {
  const age = now - at
  const distance = Math.abs(age)
  const unit = UNITS.find((candidate) => distance >= candidate.ms)
  if (!unit) return locale === 'fr' ? 'à l’instant' : 'just now'
  const length = `${Math.floor(distance / unit.ms)}\u00a0${unit[locale]}`
  if (locale === 'fr') return age >= 0 ? `il y a ${length}` : `dans ${length}`
  return age >= 0 ? `${length} ago` : `in ${length}`
}
