import { type Labels, type Matcher, matchesAll, valuesKeyOf } from '../mute/matcher.ts'

/** While an alert that matches `source` fires, those that match `target` and have the same values of `equal` are not told. */
export interface InhibitRule {
  source: readonly Matcher[]
  target: readonly Matcher[]
  equal: readonly string[]
}

export interface FiringAlert {
  id: string
  name: string
  labels: Labels
}

export type Inhibition = { inhibited: false } | { inhibited: true; byId: string; reason: string }

interface IndexedRule {
  rule: InhibitRule
  /** Firing sources by their values of `equal`: one of any kind, and one that is no target of the same rule. */
  sources: ReadonlyMap<string, { any: FiringAlert; oneSided: FiringAlert | null }>
}

/**
 * Decides for any alert whether what fires inhibits it (Alertmanager's `inhibit/inhibit.go`). An alert that matches both sides of a rule is
 * not inhibited by another that also matches both, or two of a kind would silence each other. A label that is not there counts as empty.
 * Sources are looked up, not searched, so that many alerts against many rules stay cheap.
 */
export function inhibitorOf(
  rules: readonly InhibitRule[],
  firing: readonly FiringAlert[],
): (labels: Labels) => Inhibition {
  const indexed = rules.map((rule): IndexedRule => ({ rule, sources: indexSources(rule, firing) }))
  return (labels) => {
    for (const { rule, sources } of indexed) {
      if (!matchesAll(rule.target, labels)) continue
      const found = sources.get(valuesKeyOf(rule.equal, labels))
      const source = matchesAll(rule.source, labels) ? found?.oneSided : found?.any
      if (source != null) return { inhibited: true, byId: source.id, reason: explain(source, rule.equal) }
    }
    return { inhibited: false }
  }
}

function indexSources(rule: InhibitRule, firing: readonly FiringAlert[]): IndexedRule['sources'] {
  const sources = new Map<string, { any: FiringAlert; oneSided: FiringAlert | null }>()
  for (const alert of firing) {
    if (!matchesAll(rule.source, alert.labels)) continue
    const key = valuesKeyOf(rule.equal, alert.labels)
    const known = sources.get(key)
    const oneSided = matchesAll(rule.target, alert.labels) ? null : alert
    sources.set(key, { any: known?.any ?? alert, oneSided: known?.oneSided ?? oneSided })
  }
  return sources
}

function explain(source: FiringAlert, equal: readonly string[]): string {
  return `not told while "${source.name}" fires${equal.length === 0 ? '' : ` with the same ${equal.join(', ')}`}`
}
