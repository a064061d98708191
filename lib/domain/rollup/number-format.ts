const formatters = new Map<string, Intl.NumberFormat>()

/**
 * A formatter of three significant digits. Building one costs far more than using it, and a back-test words figures for each minute of a
 * month, so one is kept for each kind.
 */
export function significantFormat(
  locale: string,
  options: { useGrouping?: boolean; notation?: 'standard' | 'compact' },
): Intl.NumberFormat {
  const key = `${locale} ${options.useGrouping ?? true} ${options.notation ?? 'standard'}`
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, ...options })
  formatters.set(key, made)
  return made
}
