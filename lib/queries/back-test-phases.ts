import type { BackTestPhase } from '../domain/alert/back-test.ts'
import type { EvaluableRule } from '../domain/rule/rule-inputs.ts'
import { spansOf } from '../domain/rule/spans.ts'
import type { Slo } from '../domain/slo/slo.ts'
import { HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { StoredMetric } from '../ports/rule-reader.ts'

/** Questions of one evaluation from which on it is asked less often: an SLO in slices of a minute asks thousands. */
const MANY_SPANS = 100
const TOO_MANY_SPANS = 1_000

/** How many answers one evaluation needs. An anomaly remembers its history, and asks for what is new alone. */
export function spansPerEvaluation(
  rules: readonly EvaluableRule[],
  at: Instant,
  slos: ReadonlyMap<string, Slo>,
): number {
  return rules.reduce((sum, rule) => sum + (rule.condition.kind === 'anomaly' ? 4 : spansOf(rule, at, slos).length), 0)
}

export function stepFor(spans: number): number {
  if (spans > TOO_MANY_SPANS) return HOUR
  return spans > MANY_SPANS ? 5 * MINUTE : MINUTE
}

/**
 * From where on each step can be taken. Before the first sample there is nothing to judge: a rule about missing data would speak of a time
 * when nobody sent any. Empty when nothing is stored at all.
 */
export function phasesOf(
  metrics: readonly StoredMetric[],
  from: Instant,
  until: Instant,
  stepMs: number,
): (BackTestPhase & { isOfHours: boolean })[] {
  const firsts = metrics.flatMap(({ lines }) =>
    lines.flatMap(({ hours, minutes }) => [hours.at[0], minutes.at[0]].filter((at) => at !== undefined)),
  )
  if (firsts.length === 0) return []
  const start = ceil(Math.max(from, Math.min(...firsts), ...metrics.map((metric) => metric.from)), MINUTE)
  const minutesFrom = Math.max(...metrics.map((metric) => metric.minutesFrom))
  const middle = Math.min(until, Math.max(ceil(start, HOUR), minutesFrom))
  const hasHours = minutesFrom > start
  const fine = { from: hasHours ? middle : ceil(start, stepMs), until: Math.floor(until / stepMs) * stepMs, stepMs }
  const phases = [
    ...(hasHours ? [{ from: Math.floor(start / HOUR) * HOUR, until: middle, stepMs: HOUR, isOfHours: true }] : []),
    { ...fine, isOfHours: false },
  ]
  return phases.filter((phase) => phase.until > phase.from)
}

function ceil(at: Instant, stepMs: number): Instant {
  return Math.ceil(at / stepMs) * stepMs
}
