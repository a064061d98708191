const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const NAN = /^nan$/i
const INFINITE = /^([+-]?)inf(?:inity)?$/i
const WHOLE = /^[+-]?\d+$/

/** A value in either format; null for what is none. Go also reads hexadecimal floats, which neither format means. */
export function readValue(text: string): number | null {
  if (DECIMAL.test(text)) return Number(text)
  if (NAN.test(text)) return Number.NaN
  const sign = INFINITE.exec(text)?.[1]
  if (sign === undefined) return null
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** Seconds with a fraction in OpenMetrics, whole milliseconds in the format 0.0.4; in ms. Null for what is none. */
export function readTimestamp(text: string, isOpenMetrics: boolean): number | null {
  if (isOpenMetrics) return DECIMAL.test(text) ? Number(text) * 1_000 : null
  return WHOLE.test(text) ? Number(text) : null
}
