import type { Instant } from '../time/instant.ts'
import type { AnomalyMemory } from './anomaly-memory.ts'
import type { Level } from './condition.ts'

/**
 * What one evaluation found for one group. Three different things are no level: the condition does not hold (`level` null), there is nothing
 * to judge by (`no_data`), and it could not be asked (an error, which is of the rule and not of a group). Too little to judge by, such as a
 * share of nothing, counts as a condition that does not hold; the reason says so.
 */
export type GroupOutcome = { group: readonly string[] } & (
  | {
      kind: 'judged'
      level: Level | null
      value: number
      /** The limit that was crossed, or the nearest one; null where a condition has none. */
      limit: number | null
      /** One English sentence: value, limit and window. */
      reason: string
      /** Of an anomaly: to be handed to the next evaluation of this group (`RuleInputs.memoryOf`). */
      memory?: AnomalyMemory
    }
  /** `since`: when the last sample came; null when none ever did. */
  | { kind: 'no_data'; since: Instant | null; reason: string }
)

export type RuleOutcome = { kind: 'evaluated'; groups: readonly GroupOutcome[] } | { kind: 'failed'; reason: string }

/** The name of a group within its rule: its values in the order of `groupBy`. The one group of a rule that does not split is `[]`. */
export function groupKeyOf(group: readonly string[]): string {
  if (group.length === 0) return '[]'
  const known = keys.get(group)
  if (known !== undefined) return known
  const key = JSON.stringify(group)
  keys.set(group, key)
  return key
}

/** A group goes through an evaluation as the same list, and is named a dozen times in it. */
const keys = new WeakMap<readonly string[], string>()

/** The group of a stored key. */
export function groupOf(groupKey: string): readonly string[] {
  const group: unknown = JSON.parse(groupKey)
  return Array.isArray(group) ? group.map(String) : []
}
