import type { KnownThings } from '../rule/check.ts'
import { checkLimits } from '../rule/check-limits.ts'
import { checkReferences } from '../rule/check-references.ts'
import { checkRatio } from '../rule/check-terms.ts'
import type { RuleIssue } from '../rule/file-form.ts'
import type { RuleSpec } from '../rule/rule.ts'
import type { CurrentConfiguration } from './current.ts'
import type { DesiredConfiguration } from './desired.ts'
import { type ConfiguredRule, unitsOf } from './desired-rules.ts'
import type { ConfigurationIssue } from './issue.ts'

/**
 * What rules that a file writes out can never do as they are: limits in the wrong order, ratios of different units, monitors, SLOs and rules
 * that will not be there, circles. Whether a metric exists is not asked: a file is there before the first sample.
 */
export function findWrongRules(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
  rules: readonly ConfiguredRule[],
): ConfigurationIssue[] {
  const known = knownAfter(desired, current, rules)
  return desired.rules.flatMap(({ key, file }) => {
    const spec = rules.find((rule) => rule.spec.key === key)?.spec
    if (spec === undefined) return []
    return checkSpec(spec, known, current).map(({ path, message }) =>
      file.when === undefined || path[0] !== 'condition'
        ? { path: ['rules', key, ...path], message }
        : { path: ['rules', key, 'when'], message: `${path.slice(1).join('.')} ${message}` },
    )
  })
}

function checkSpec(
  spec: RuleSpec,
  known: Omit<KnownThings, 'metrics'>,
  current: CurrentConfiguration | null,
): RuleIssue[] {
  const { condition } = spec
  const unitOf = unitsOf(current)
  const things = { ...known, metrics: new Map() }
  return [
    ...('source' in condition ? checkRatio(condition.source, unitOf) : []),
    ...checkLimits(condition, things).errors,
    ...checkReferences(spec, things).errors,
  ]
}

/** What the project will have once the file was applied: what it names, and what people made. */
function knownAfter(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
  rules: readonly ConfiguredRule[],
): Omit<KnownThings, 'metrics'> {
  const stays = <Item extends { managedBy: unknown }>(items: readonly Item[] | undefined) =>
    (items ?? []).filter(({ managedBy }) => managedBy === null)
  return {
    monitors: [...desired.monitors, ...stays(current?.monitors)],
    slos: new Map([...stays(current?.slos), ...desired.slos].map((slo) => [slo.key, slo])),
    rules: [...stays(current?.rules), ...rules].map(({ spec }) => spec),
    at: 0,
    retentionMs: Number.POSITIVE_INFINITY,
  }
}
