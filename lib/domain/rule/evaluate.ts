import type { Instant } from '../time/instant.ts'
import type { RuleCondition } from './condition.ts'
import { evaluateAbsence } from './evaluate-absence.ts'
import { evaluateAnomaly } from './evaluate-anomaly.ts'
import { evaluateBaseline } from './evaluate-baseline.ts'
import { evaluateBurnRate } from './evaluate-burn-rate.ts'
import { evaluateComposite } from './evaluate-composite.ts'
import { evaluateExpiry } from './evaluate-expiry.ts'
import { evaluateFailures } from './evaluate-failures.ts'
import { evaluateThreshold } from './evaluate-threshold.ts'
import type { GroupOutcome, RuleOutcome } from './outcome.ts'
import type { EvaluableRule, RuleInputs } from './rule-inputs.ts'

/**
 * What a rule finds at the whole minute `at`, over windows that end there. Pure, and the same live and in a back-test. Rules that a composite
 * names must have been evaluated before it (`evaluationOrder`). Throws only what `answerOf` throws.
 */
export function evaluateRule(rule: EvaluableRule, at: Instant, inputs: RuleInputs): RuleOutcome {
  const groups = evaluateGroups(rule, at, inputs)
  if (typeof groups === 'string') return { kind: 'failed', reason: groups }
  if (groups.length > rule.groupLimit && !IS_ABOUT_MONITORS.has(rule.condition.kind)) {
    const reason = `${groups.length} groups are more than the ${rule.groupLimit} that the rule allows: its alerts stay as they are`
    return { kind: 'failed', reason }
  }
  return { kind: 'evaluated', groups }
}

/** Monitors are as many as people made of them: a limit would silence the rule in the very hour in which all of them fail. */
const IS_ABOUT_MONITORS: ReadonlySet<RuleCondition['kind']> = new Set(['consecutive_failures', 'expiry'])

/** The groups, or the sentence why it cannot be told. */
function evaluateGroups(rule: EvaluableRule, at: Instant, inputs: RuleInputs): GroupOutcome[] | string {
  const { condition } = rule
  switch (condition.kind) {
    case 'threshold':
      return evaluateThreshold(rule, condition, at, inputs)
    case 'absence':
      return evaluateAbsence(rule, condition, at, inputs)
    case 'consecutive_failures':
      return evaluateFailures(condition, inputs)
    case 'expiry':
      return evaluateExpiry(condition, at, inputs)
    case 'baseline':
      return evaluateBaseline(rule, condition, at, inputs)
    case 'anomaly':
      return evaluateAnomaly(rule, condition, at, inputs)
    case 'burn_rate': {
      const slo = inputs.slos.get(condition.slo)
      return slo === undefined
        ? `there is no SLO ${condition.slo}: the rule cannot be judged`
        : evaluateBurnRate(slo, condition, at, inputs)
    }
    case 'composite':
      return evaluateComposite(condition, inputs)
  }
}
