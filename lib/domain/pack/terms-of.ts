import type { RuleCondition } from '../rule/condition.ts'
import type { Term } from '../series/panel.ts'

/** Every term that a condition asks the series store for; none where it is about monitors, objectives or other rules. */
export function termsOf(condition: RuleCondition): Term[] {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
    case 'anomaly': {
      const { of, per } = condition.source
      return per === undefined ? [of] : [of, per]
    }
    case 'absence':
      return [condition.term]
    default:
      return []
  }
}

/** Metrics by name, each once. */
export function metricsOf(condition: RuleCondition): string[] {
  return [...new Set(termsOf(condition).map(({ metric }) => metric))]
}

/** Metrics that a condition needs and that the project has not sent. Those of probes are always there. */
export function missingMetrics(condition: RuleCondition, known: ReadonlySet<string>): string[] {
  return metricsOf(condition).filter((metric) => !metric.startsWith('probe.') && !known.has(metric))
}
