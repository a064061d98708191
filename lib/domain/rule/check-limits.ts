import type { CheckedRule, KnownThings } from './check.ts'
import type { LevelLimits, Operator, RuleCondition } from './condition.ts'
import type { RuleIssue } from './file-form.ts'
import { isBeyond } from './judge-level.ts'
import { ADDS_UP, isShare, OPERATOR_WORDS } from './words.ts'

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
    const side = isUpward(operator) ? 'below' : 'above'
    return [
      {
        path: ['condition', level, 'recovery'],
        message: `is ${limit.recovery} and must be ${side} the limit, ${limit.value}: otherwise it would be well while it is bad`,
      },
    ]
  })
  const isInOrder = warning === null || critical === null || isBeyond(critical.value, strictly(operator), warning.value)
  if (isInOrder) return recoveries
  const path = ['condition', 'critical']
  const message = `is ${critical?.value} and must be ${isUpward(operator) ? 'above' : 'below'} the warning, ${warning?.value}: values ${OPERATOR_WORDS[operator]} it would never be a warning`
  return [...recoveries, { path, message }]
}

/** A share is stored from 0 to 1: a limit of 5 was meant in percent. */
function checkShare(condition: RuleCondition & { kind: 'threshold' }, { metrics }: KnownThings): RuleIssue[] {
  const { of, per } = condition.source
  if (![of, per ?? of].every(({ aggregate }) => ADDS_UP.has(aggregate))) return []
  if (!isShare(condition.source, (metric) => metrics.get(metric)?.unit ?? null)) return []
  return (['warning', 'critical'] as const).flatMap((level) => {
    const value = condition[level]?.value ?? 0
    if (value <= 1) return []
    return [
      { path: ['condition', level], message: `is ${value}, but a share is between 0 and 1: did you mean ${value}%?` },
    ]
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
          {
            path: ['condition', 'windows', String(index), 'factor'],
            message: `is ${factor}, which can never be reached: with a target of ${Number((target * 100).toPrecision(6))}% a total outage burns ${Number(highest.toPrecision(4))} times too fast`,
          },
        ],
  )
}
