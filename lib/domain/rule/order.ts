import type { AlertRule } from './rule.ts'

type Ordered = Pick<AlertRule, 'key' | 'condition'>

/** Rules that a rule looks at. */
export function lookedAtRules({ condition }: Pick<AlertRule, 'condition'>): readonly string[] {
  return condition.kind === 'composite' ? condition.rules : []
}

/**
 * Rules so that each comes after those that it looks at, otherwise by key. Rules of a cycle, which `checkRule` refuses, come last: they see
 * what the others were a minute ago.
 */
export function evaluationOrder<Rule extends Ordered>(rules: readonly Rule[]): Rule[] {
  const waiting = new Map([...rules].sort((one, other) => (one.key < other.key ? -1 : 1)).map((one) => [one.key, one]))
  const ordered: Rule[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((rule) => lookedAtRules(rule).every((key) => !waiting.has(key)))
    if (ready.length === 0) return [...ordered, ...waiting.values()]
    for (const rule of ready) waiting.delete(rule.key)
    ordered.push(...ready)
  }
  return ordered
}

/** The rules that a rule names in one way, by key. */
type NamedBy<Rule> = (rule: Rule) => readonly string[]

/** The keys of a cycle of what rules name that `rule` would close among `others`, from it back to it; null when there is none. */
export function findCycle<Rule extends { key: string }>(
  rule: Rule,
  others: readonly Rule[],
  namedBy: NamedBy<Rule>,
): string[] | null {
  const known = new Map([...others, rule].map((one) => [one.key, one]))
  const seen = new Set<string>()
  const walk = (key: string, path: readonly string[]): string[] | null => {
    for (const next of namedBy(known.get(key) ?? rule)) {
      if (next === rule.key) return [...path, next]
      if (seen.has(next) || !known.has(next)) continue
      seen.add(next)
      const found = walk(next, [...path, next])
      if (found !== null) return found
    }
    return null
  }
  return walk(rule.key, [rule.key])
}
