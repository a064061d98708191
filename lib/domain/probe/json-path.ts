/** What a path leads to; `found: false` is not the same as a stored `null`. */
export type JsonPathResult = { found: true; value: unknown } | { found: false }

const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]/g

/**
 * Reads `$.checks[0].status` or `$['a key']`: the members and indexes of RFC 9535, without wildcards and filters, which an
 * assertion on one value has no use for. The path has the form that the monitor's schema admits.
 * Only own members count, so that `$.constructor` of an empty object is absent.
 */
export function readJsonPath(document: unknown, path: string): JsonPathResult {
  let value = document
  for (const [, dotted, index, quoted] of path.matchAll(STEP)) {
    if (typeof value !== 'object' || value === null) return { found: false }
    if (Array.isArray(value)) {
      if (index === undefined || Number(index) >= value.length) return { found: false }
      value = value[Number(index)]
      continue
    }
    const key = dotted ?? quoted
    if (key === undefined || !Object.hasOwn(value, key)) return { found: false }
    value = (value as Record<string, unknown>)[key]
  }
  return { found: true, value }
}
