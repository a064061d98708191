import { matcherOf } from '../mute/matcher.ts'
import { labelsOfRule } from '../mute/rule-labels.ts'
import { LEVELS, type Level } from '../rule/condition.ts'
import { groupKeyOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { FiringAlert, InhibitRule } from './inhibit.ts'

/** What keeps alerts of a rule quiet, as Alertmanager says it: an alert of a rule that it names, at a level that is at least as bad. */
export function inhibitRulesOf({ key, inhibitedBy }: Pick<AlertRule, 'key' | 'inhibitedBy'>): InhibitRule[] {
  return inhibitedBy.flatMap(({ rule, equal }) =>
    LEVELS.map((level, index) => ({
      source: [matcherOf('rule', rule), matcherOf('alert', ...LEVELS.slice(index))],
      target: [matcherOf('rule', key), matcherOf('alert', level)],
      equal,
    })),
  )
}

/** Alerts of a rule that fire, told or not: what is silenced or kept quiet itself still says what is wrong. */
export function firingAlertsOf(
  rule: Pick<AlertRule, 'key' | 'name' | 'labels' | 'severity' | 'groupBy' | 'condition'>,
  firing: readonly { group: readonly string[]; level: Level }[],
): FiringAlert[] {
  return firing.map(({ group, level }) => ({
    id: `${rule.key} ${groupKeyOf(group)}`,
    name: rule.name,
    labels: labelsOfRule(rule, group, level),
  }))
}
