import { significantFormat } from './number-format.ts'

/** Figures as people read them: the unit always, at most three significant digits, a decimal comma in French. */

/** Kept from breaking between a number and its unit. */
const NBSP = '\u00a0'
/** French sets a narrow no-break space before the percent sign; English sets none. */
export const PERCENT: Record<string, string> = { fr: '\u202f%', en: '%' }

/**
 * A duration of an answer, given in ms: `0.42 ms`, `12.3 ms`, `123 ms`, `1.23 s`, `123 s`. Rounded to three significant
 * digits before the unit is chosen, so that 999.7 ms is `1 s` and never `1,000 ms`. No value is a dash.
 */
export function formatLatency(ms: number | null, locale = 'en'): string {
  if (ms === null) return '–'
  const rounded = Number(ms.toPrecision(3))
  return rounded < 1_000
    ? `${formatSignificant(rounded, locale)}${NBSP}ms`
    : `${formatSignificant(rounded / 1_000, locale)}${NBSP}s`
}

/**
 * A share from 0 to 1 as a percentage, floored and never rounded up: 0.99999 is `99.99%`, and only 1 itself is `100%`.
 * Whole percentages stay whole. No value (nothing was measured) is a dash.
 */
export function formatUptime(ratio: number | null, locale = 'en', fractionDigits = 2): string {
  if (ratio === null) return '–'
  const unit = 10 ** (fractionDigits + 2)
  // 0.57 × 10,000 is 5,699.999… in binary: the correction is far below one digit shown, and 1 stays out of its reach.
  const floored = ratio >= 1 ? unit : Math.min(Math.floor(ratio * unit + 1e-6), unit - 1)
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: fractionDigits })
  return `${digits.format((Math.max(0, floored) / unit) * 100)}${PERCENT[locale] ?? '%'}`
}

/** The share of slots that were measured, whole and floored for the same reason as uptime. */
export function formatCoverage(ratio: number | null, locale = 'en'): string {
  return formatUptime(ratio, locale, 0)
}

/** A count with grouped digits, whole: `12,345`. */
export function formatCount(count: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count)
}

function formatSignificant(value: number, locale: string): string {
  return significantFormat(locale, { useGrouping: false }).format(value)
}
