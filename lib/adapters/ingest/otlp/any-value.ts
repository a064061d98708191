import { NESTING_MAX } from '../limits.ts'
import { toPlainText } from '../plain-text.ts'
import { cleanText } from '../text.ts'

type Fields = Partial<Record<string, unknown>>

/**
 * OpenTelemetry's AnyValue as the text that attributes have; null for the empty value, which says nothing. 64-bit numbers keep all their
 * digits; bytes stay in base64, as protobuf's JSON writes them. Unknown kinds of values count as empty.
 */
export function anyValueText(value: unknown): string | null {
  const plain = toPlain(value, NESTING_MAX)
  return plain === undefined ? null : toPlainText(plain)
}

function toPlain(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = value as Fields
  for (const scalar of [stringValue, boolValue, intValue, doubleValue, bytesValue]) {
    if (isScalar(scalar)) return scalar
  }
  if (levels === 0) return '…'
  if (isObject(arrayValue)) return listOf(arrayValue).map((item) => toPlain(item, levels - 1) ?? null)
  if (isObject(kvlistValue)) {
    // `String(key)` would throw for an object with a `toString` of its own.
    const pairs = listOf(kvlistValue).flatMap((pair) =>
      isObject(pair) && typeof pair.key === 'string' ? [[cleanText(pair.key), pair.value] as const] : [],
    )
    return Object.fromEntries(pairs.map(([key, item]) => [key, toPlain(item, levels - 1) ?? null]))
  }
  return undefined
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function listOf({ values }: Fields): unknown[] {
  return Array.isArray(values) ? values : []
}
