import type { CheckedRule, KnownThings } from './check.ts'
import type { LevelLimits, Operator, RuleCondition } from './condition.ts'
import { issueOf, type RuleIssue } from './file-form.ts'
import { isBeyond } from './judge-level.ts'
import { ADDS_UP, isShare } from './words.ts'

const NONE: CheckedRule = { errors: [], warnings: [] }

/** Whether limits stand in order and can be reached. */
export function checkLimits(condition: RuleCondition, known: KnownThings): CheckedRule {
  switch (condition.kind) {
    case 'threshold':
      return { errors: checkOrder(condition), warnings: checkShare(condition, known) }
    case 'baseline':
      return { errors: checkOrder(condition), warnings: [] }
    case 'burn_rate': {
      const slo = known.slos.get(condition.slo)
      return slo === undefined ? NONE : { errors: checkBurn(condition.windows, slo.target), warnings: [] }
    }
    default:
      return NONE
  }
}

const isUpward = (operator: Operator) => operator === 'above' || operator === 'at_least'
/** Towards what is bad, from a value that is not. */
const strictly = (operator: Operator): Operator => (isUpward(operator) ? 'above' : 'below')

function checkOrder({ operator, warning, critical }: LevelLimits): RuleIssue[] {
  const recoveries = (['warning', 'critical'] as const).flatMap((level) => {
    const limit = level === 'warning' ? warning : critical
    if (limit === null || limit.recovery === null || isBeyond(limit.value, strictly(operator), limit.recovery))
      return []
    const values = { recovery: limit.recovery, limit: limit.value, isUpward: isUpward(operator) }
    return [issueOf(['condition', level, 'recovery'], { code: 'recovery_side', values })]
  })
  const isInOrder = warning === null || critical === null || isBeyond(critical.value, strictly(operator), warning.value)
  if (isInOrder) return recoveries
  const values = { critical: critical.value, warning: warning.value, operator, isUpward: isUpward(operator) }
  return [...recoveries, issueOf(['condition', 'critical'], { code: 'level_order', values })]
}

/** A share is stored from 0 to 1: a limit of 5 was meant in percent. */
function checkShare(condition: RuleCondition & { kind: 'threshold' }, { metrics }: KnownThings): RuleIssue[] {
  const { of, per } = condition.source
  if (![of, per ?? of].every(({ aggregate }) => ADDS_UP.has(aggregate))) return []
  if (!isShare(condition.source, (metric) => metrics.get(metric)?.unit ?? null)) return []
  return (['warning', 'critical'] as const).flatMap((level) => {
    const value = condition[level]?.value ?? 0
    if (value <= 1) return []
    return [issueOf(['condition', level], { code: 'share_above_one', values: { value } })]
  })
}

/** 1 / (1 - 0.9) is 10.000000000000002. */
const ROUNDING = 1e-9

/** With everything bad, a budget burns 1 / (1 - target) times too fast and no faster (SRE Workbook, chapter 5). */
function checkBurn(windows: readonly { factor: number }[], target: number): RuleIssue[] {
  const highest = 1 / (1 - target)
  return windows.flatMap(({ factor }, index) =>
    factor <= highest * (1 + ROUNDING)
      ? []
      : [
          issueOf(['condition', 'windows', String(index), 'factor'], {
            code: 'burn_unreachable',
            values: {
              factor,
              target: Number((target * 100).toPrecision(6)),
              highest: Number(highest.toPrecision(4)),
            },
          }),
        ],
  )
}
