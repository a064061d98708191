import { toPlainText } from '../plain-text.ts'
import { cleanText } from '../text.ts'

/** Objects deeper than this become one value, as JSON. */
const LEVELS = 4
/** Of one line; what comes after is not looked at. The record's own limit is far lower and says what it left out. */
const FACTS_MAX = 1_000

/** `{"context": {"error": {"code": 7}}}` → `context.error.code`: `7`. What is null says nothing and is left out. */
export function flatten(value: object): Map<string, string> {
  const facts = new Map<string, string>()
  const add = (one: object, prefix: string, levels: number): void => {
    for (const [key, inner] of Object.entries(one)) {
      if (facts.size >= FACTS_MAX) return
      const name = `${prefix}${cleanText(key)}`
      const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      if (isObject && levels > 0) add(inner, `${name}.`, levels - 1)
      else if (inner !== null) facts.set(name, toPlainText(inner))
    }
  }
  add(value, '', LEVELS)
  return facts
}
