import { MINUTE } from '../time/instant.ts'
import type { RuleCondition } from './condition.ts'
import type { AlertRule } from './rule.ts'

/** A minute for the evaluation that sees the last bad sample, and one for samples that come late. */
const MARGIN_MS = 2 * MINUTE

/** How long after its cause is over a rule may still fire because of it: the longest that it looks back, waits and keeps firing. */
export function lookBackOf({
  condition,
  forMs,
  keepFiringForMs,
}: Pick<AlertRule, 'condition' | 'forMs' | 'keepFiringForMs'>): number {
  return windowOf(condition) + forMs + keepFiringForMs + MARGIN_MS
}

function windowOf(condition: RuleCondition): number {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
    case 'anomaly':
    case 'absence':
      return condition.windowMs
    case 'burn_rate':
      // Both windows of a pair must burn: it ends with the shorter one.
      return Math.max(0, ...condition.windows.map(({ shortMs }) => shortMs))
    case 'consecutive_failures':
    case 'expiry':
    case 'composite':
      return 0
  }
}
