import type { Aggregate } from '../series/question.ts'
import { formatLatency, PERCENT } from './format-figures.ts'
import { significantFormat } from './number-format.ts'

const NBSP = '\u00a0'
const BYTE_UNITS: Record<'en' | 'fr', readonly string[]> = {
  en: ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
  fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio'],
}

/** What a figure of a metric is measured in, after the aggregate was taken: counts have no unit, and a rate is one by second. */
export function unitOf(unit: string, aggregate: Aggregate, kind: 'gauge' | 'counter' | 'histogram'): string {
  if (aggregate === 'count' && kind !== 'counter') return ''
  if (aggregate !== 'rate') return unit
  return `${kind === 'histogram' ? '' : unit}/s`
}

/**
 * A figure with its UCUM unit as people read it, three significant digits at most: seconds and milliseconds as durations, bytes in binary
 * multiples, `%` as each language sets it, `1` and `{request}` as bare numbers.
 */
export function formatValue(value: number, unit: string, locale: 'en' | 'fr'): string {
  if (unit === 's') return formatLatency(value * 1_000, locale)
  if (unit === 'ms') return formatLatency(value, locale)
  if (unit === 'By') return formatBytes(value, locale)
  const number = formatNumber(value, locale)
  if (unit === '%') return `${number}${PERCENT[locale]}`
  const shown = unit.replace(/\{[^}]*\}/g, '').replace(/^1(?=\/|$)/, '')
  if (shown === '') return number
  return shown.startsWith('/') ? `${number}${shown}` : `${number}${NBSP}${shown}`
}

function formatBytes(bytes: number, locale: 'en' | 'fr'): string {
  const units = BYTE_UNITS[locale]
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(bytes)) / 10)))
  return `${formatNumber(bytes / 1_024 ** power, locale)}${NBSP}${units[power]}`
}

/** Above a million in short (`1.23M`), so that an axis stays narrow. */
function formatNumber(value: number, locale: 'en' | 'fr'): string {
  const notation = Math.abs(value) >= 1_000_000 ? 'compact' : 'standard'
  return significantFormat(locale, { notation }).format(value)
}
