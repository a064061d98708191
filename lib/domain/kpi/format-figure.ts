import type { Locale } from '../time/locale.ts'

const NBSP = '\u00a0'
/** A figure of a business is quoted: `12,345 tokens` must not become `12.3k`. Only what nobody counts one by one is shortened. */
const SHORT_FROM = 1e12

/** `12,345 tokens`; two decimals at most, and a bare number when the unit says no more than that. */
export function formatFigure(value: number, unit: string, locale: Locale): string {
  const number = formatNumber(value, locale)
  const word = unit === '1' ? '' : (/^\{(.*)\}$/.exec(unit)?.[1] ?? unit)
  return word === '' ? number : `${number}${NBSP}${word}`
}

/** `+34`, `−1.5`, or null when nothing changed. With the true minus sign, which is as wide as the plus. */
export function formatChange(value: number, before: number, locale: Locale): string | null {
  const change = value - before
  const number = formatNumber(Math.abs(change), locale)
  if (number === formatNumber(0, locale)) return null
  return `${change > 0 ? '+' : '−'}${number}`
}

function formatNumber(value: number, locale: Locale): string {
  const isShort = Math.abs(value) >= SHORT_FROM
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    ...(isShort ? { notation: 'compact' as const } : {}),
  }).format(value)
}
