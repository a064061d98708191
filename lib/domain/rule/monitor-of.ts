import type { Source, Term } from '../series/panel.ts'
import type { RuleCondition } from './condition.ts'
import type { AlertRule } from './rule.ts'

const ATTRIBUTE = 'monitor'
/** Groups of these kinds are monitors, though their rules split by nothing. */
const IS_BY_MONITOR: ReadonlySet<RuleCondition['kind']> = new Set(['consecutive_failures', 'expiry', 'burn_rate'])

/**
 * The key of the monitor that an alert of this rule and group is about; null where it is about none, or about several. A certificate that
 * ends is a thing of its own, however well or badly its monitor answers.
 */
export function monitorOf(rule: Pick<AlertRule, 'condition' | 'groupBy'>, group: readonly string[]): string | null {
  const { condition } = rule
  if (condition.kind === 'expiry') return null
  const split = monitorInGroup(rule, group)
  if (split !== null) return split
  const [first, ...others] = termsOf(condition).map(({ where }) => where?.[ATTRIBUTE])
  return typeof first === 'string' && others.every((other) => other === first) ? first : null
}

/** The key of a monitor among the values of a group, by which a rule was split; null where it was not. */
export function monitorInGroup(
  { condition, groupBy }: Pick<AlertRule, 'condition' | 'groupBy'>,
  group: readonly string[],
): string | null {
  const isByMonitor = IS_BY_MONITOR.has(condition.kind)
  return group[isByMonitor ? 0 : groupBy.indexOf(ATTRIBUTE)] || null
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
