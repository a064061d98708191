import type { Source, Term } from '../series/panel.ts'
import type { RuleCondition } from './condition.ts'
import type { AlertRule } from './rule.ts'

const ATTRIBUTE = 'monitor'

/**
 * The key of the monitor that an alert of this rule and group is about; null where it is about none, or about several. A certificate that
 * ends is a thing of its own, however well or badly its monitor answers.
 */
export function monitorOf(rule: Pick<AlertRule, 'condition' | 'groupBy'>, group: readonly string[]): string | null {
  const { condition, groupBy } = rule
  if (condition.kind === 'consecutive_failures' || condition.kind === 'burn_rate') return group[0] ?? null
  const split = group[groupBy.indexOf(ATTRIBUTE)]
  if (split !== undefined && split !== '') return split
  const [first, ...others] = termsOf(condition).map(({ where }) => where?.[ATTRIBUTE])
  return typeof first === 'string' && others.every((other) => other === first) ? first : null
}

function termsOf(condition: RuleCondition): Term[] {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
    case 'anomaly':
      return termsOfSource(condition.source)
    case 'absence':
      return [condition.term]
    case 'consecutive_failures':
    case 'expiry':
    case 'burn_rate':
    case 'composite':
      return []
  }
}

function termsOfSource({ of, per }: Source): Term[] {
  return per === undefined ? [of] : [of, per]
}
