import { DAY, HOUR, MINUTE, SECOND } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import { budgetShare } from './budget.ts'
import { writePercent } from './check.ts'
import type { SloSpec, SloWindow } from './slo.ts'
import { periodMs } from './window.ts'

const NBSP = '\u00a0'

/** What a target allows, with its arithmetic: `99.9% over 30 days = 43 min 12 s of downtime`. Months are taken as 30 days, years as 365. */
export function budgetSentence(
  {
    target,
    window,
    indicator,
  }: Pick<SloSpec, 'target' | 'window'> & { indicator: { kind: SloSpec['indicator']['kind'] } },
  locale: Locale,
): string {
  const [share, over] = [writePercent(target, locale), windowWords(window, locale)]
  if (indicator.kind === 'availability') {
    const downtime = writeExact(budgetShare(target) * periodMs(window), locale)
    return locale === 'fr'
      ? `${share} sur ${over} = ${downtime} d’indisponibilité`
      : `${share} over ${over} = ${downtime} of downtime`
  }
  const { bad, of } = ratioOf(target)
  const [badText, ofText] = [bad, of].map((count) => new Intl.NumberFormat(locale).format(count))
  return locale === 'fr'
    ? `${share} sur ${over} = ${badText} sur ${ofText} ${bad < 2 ? 'peut' : 'peuvent'} échouer`
    : `${share} over ${over} = ${badText} of ${ofText} may fail`
}

/** `30 days`, `a month (30 days)`. */
export function windowWords(window: SloWindow, locale: Locale): string {
  const days = periodMs(window) / DAY
  const count = locale === 'fr' ? `${days}${NBSP}jour${days === 1 ? '' : 's'}` : `${days} day${days === 1 ? '' : 's'}`
  if (window.kind === 'rolling') return count
  const unit = {
    en: { week: 'a week', month: 'a month', quarter: 'a quarter', year: 'a year' },
    fr: { week: 'une semaine', month: 'un mois', quarter: 'un trimestre', year: 'une année' },
  }[locale][window.unit]
  return `${unit} (${count})`
}

/** A length of time with nothing rounded away above a hundredth of a second: `43 min 12 s`, `8 h 45 min 36 s`, `25.92 s`. */
export function writeExact(ms: number, locale: Locale): string {
  const units = [
    [DAY, locale === 'fr' ? 'j' : 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
  ] as const
  // Hundredths of a second, so that 2,592.0000001 s is not one more or less.
  let rest = Math.round(ms / 10) * 10
  const parts = units.flatMap(([length, name]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? [] : [`${count} ${name}`]
  })
  if (rest === 0 && parts.length > 0) return parts.join(' ')
  return [...parts, `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(rest / SECOND)} s`].join(' ')
}

/** The smallest power of ten of which a whole number may fail: 99.95 % is 5 of 10,000. */
function ratioOf(target: number): { bad: number; of: number } {
  const badIn = (of: number) => Number((budgetShare(target) * of).toPrecision(9))
  let of = 10
  while (!Number.isInteger(badIn(of)) && of < 1e9) of *= 10
  return { bad: badIn(of), of }
}
