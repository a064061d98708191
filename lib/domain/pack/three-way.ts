import { isSame } from '../monitor/same.ts'

type Json = Readonly<Record<string, unknown>>

/** Fields by path (`condition.warning.value`). */
export interface Merged {
  value: unknown
  /** What people changed, and keep. */
  kept: string[]
  /** What people changed and the new version changes, too, to something else: theirs stays. */
  contested: string[]
}

/**
 * What becomes of a value that was installed as `original`, is `current` now and would be `offered` today: whatever people changed stays
 * theirs, everything else follows the offer. Maps are merged field by field, lists as a whole; two conditions of different kinds have no
 * fields in common and are taken whole.
 */
export function mergeThreeWay(original: unknown, current: unknown, offered: unknown, path = ''): Merged {
  if (isSame(current, original)) return { value: offered, kept: [], contested: [] }
  if (isSame(current, offered)) return { value: current, kept: [], contested: [] }
  if (isMap(original) && isMap(current) && isMap(offered) && areAlike(original, current, offered))
    return mergeMaps(original, current, offered, path)
  return { value: current, kept: [path], contested: isSame(offered, original) ? [] : [path] }
}

function mergeMaps(original: Json, current: Json, offered: Json, path: string): Merged {
  const names = [...new Set([...Object.keys(original), ...Object.keys(current), ...Object.keys(offered)])]
  const merged = names.map((name) => {
    const below = path === '' ? name : `${path}.${name}`
    return { name, ...mergeThreeWay(original[name], current[name], offered[name], below) }
  })
  return {
    value: Object.fromEntries(
      merged.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]),
    ),
    kept: merged.flatMap(({ kept }) => kept),
    contested: merged.flatMap(({ contested }) => contested),
  }
}

/** Fields that differ between two values, by path. */
export function changedFields(original: unknown, current: unknown): string[] {
  return mergeThreeWay(original, current, original).kept
}

function areAlike(...maps: readonly Json[]): boolean {
  return new Set(maps.map(({ kind }) => kind)).size === 1
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
