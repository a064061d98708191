import type { ExpiryCondition, Level } from '../domain/rule/condition.ts'
import { evaluateExpiry } from '../domain/rule/evaluate-expiry.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { RuleReader } from '../ports/rule-reader.ts'
import type { SloMonitor } from '../ports/slo-reader.ts'
import { toMonitorFacts } from './rule-editor.ts'

/** A certificate as a rule would judge it now. */
export interface JudgedExpiry {
  name: string
  expiresAt: Instant
  daysLeft: number
  level: Level | null
}

/** What a rule about certificates says of those that are known now, the next to expire first. */
export async function readExpiries(
  { rules }: { rules: Pick<RuleReader, 'listExpiries'> },
  projectId: string,
  monitors: readonly SloMonitor[],
  condition: ExpiryCondition,
  now: Instant,
): Promise<JudgedExpiry[]> {
  const expiries = await rules.listExpiries(projectId)
  const facts = toMonitorFacts(monitors).map((monitor) => ({
    ...monitor,
    certificateExpiresAt: expiries.get(monitor.key) ?? null,
  }))
  const names = new Map(monitors.map(({ key, name }) => [key, name]))
  return evaluateExpiry(condition, now, { monitors: facts })
    .flatMap((outcome) => {
      const key = outcome.group[0] ?? ''
      const expiresAt = expiries.get(key)
      if (outcome.kind !== 'judged' || expiresAt === undefined) return []
      return [{ name: names.get(key) ?? key, expiresAt, daysLeft: outcome.value, level: outcome.level }]
    })
    .sort((one, other) => one.expiresAt - other.expiresAt)
}
