import { NESTING_MAX } from './limits.ts'
import { cleanText } from './text.ts'

/** In place of what lies too deep. */
const CUT = '…'

/**
 * Any value of JSON as the text that attributes have: text as it is, numbers and booleans as they are written, lists and maps as JSON.
 * What lies deeper than `NESTING_MAX` is left out and marked with `…`. Nothing at all becomes empty text.
 */
export function toPlainText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return cleanText(JSON.stringify(withoutDepth(value, NESTING_MAX)))
  return String(value)
}

function withoutDepth(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return CUT
  if (Array.isArray(value)) return value.map((item) => withoutDepth(item, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutDepth(item, levels - 1)]))
}
