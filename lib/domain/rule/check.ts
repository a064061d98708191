import type { MetricKind } from '../series/sample.ts'
import type { Slo } from '../slo/slo.ts'
import type { Instant } from '../time/instant.ts'
import { checkLimits } from './check-limits.ts'
import { checkReferences } from './check-references.ts'
import { checkTerms } from './check-terms.ts'
import { checkWindows } from './check-windows.ts'
import type { RuleIssue } from './file-form.ts'
import type { AlertRule, RuleSpec } from './rule.ts'

/** What is known of one metric of the project. */
export interface KnownMetric {
  kind: MetricKind
  unit: string
  attributeNames: readonly string[]
  /** When its first sample came: what has no history cannot be compared with it. */
  firstSeenAt: Instant
  /** How far apart its samples usually are; absent when nobody has looked. */
  intervalMs?: number
}

/** What a rule may refer to. `rules` are the project's others; one with the key of the checked rule is replaced by it. */
export interface KnownThings {
  metrics: ReadonlyMap<string, KnownMetric>
  monitors: readonly { key: string; tags: readonly string[] }[]
  slos: ReadonlyMap<string, Pick<Slo, 'target'>>
  rules: readonly Pick<AlertRule, 'key' | 'condition' | 'inhibitedBy'>[]
  at: Instant
  /** How long hours and days of series are kept. */
  retentionMs: number
}

export interface CheckedRule {
  /** The rule cannot work as it is: it must not be saved. */
  errors: readonly RuleIssue[]
  /** It works, but perhaps not as it is meant. */
  warnings: readonly RuleIssue[]
}

/**
 * Whether a rule makes sense in its project: what it names exists, what it compares can be compared, and its limits can be reached. Each
 * issue ends the sentence that its field begins, with a suggestion where there is one. Metrics of which nothing has come yet are an error.
 */
export function checkRule(spec: RuleSpec, known: KnownThings): CheckedRule {
  const parts = [
    checkTerms(spec, known),
    checkLimits(spec.condition, known),
    checkWindows(spec.condition, known),
    checkReferences(spec, known),
  ]
  return {
    errors: parts.flatMap(({ errors }) => errors),
    warnings: parts.flatMap(({ warnings }) => warnings),
  }
}
