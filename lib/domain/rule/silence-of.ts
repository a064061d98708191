import { type Instant, toIso } from '../time/instant.ts'
import { type GroupOutcome, groupKeyOf } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'

/**
 * The outcome for a group without samples in its window. Where nobody keeps the time of the last sample, a group that was seen before has
 * been silent for at least its window; of one that was never seen there is nothing to say since.
 */
export function silenceOf(
  rule: EvaluableRule,
  group: readonly string[],
  windowFrom: Instant,
  inputs: RuleInputs,
): GroupOutcome {
  const since = silentSince(rule, group, windowFrom, inputs)
  const words = () => (since === null ? 'no data so far' : `no data since ${toIso(since)}`)
  const reason = inputs.isWordless === true ? '' : words()
  return { group, kind: 'no_data', since, reason }
}

/** When the last sample of a group came, as far as it is known; null when none ever did. */
export function silentSince(
  rule: EvaluableRule,
  group: readonly string[],
  windowFrom: Instant,
  inputs: RuleInputs,
): Instant | null {
  const key = groupKeyOf(group)
  const lastAt = inputs.lastSampleAtOf?.(rule.key, key) ?? null
  if (lastAt !== null) return lastAt
  const isKnown = inputs.knownGroupsOf(rule.key).some((known) => groupKeyOf(known) === key)
  return isKnown ? windowFrom : null
}
