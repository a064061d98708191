import { formatDuration } from '../time/format-duration.ts'
import { DAY, type Instant, toIso } from '../time/instant.ts'
import type { ExpiryCondition, Level } from './condition.ts'
import { missingMonitor } from './evaluate-failures.ts'
import type { GroupOutcome } from './outcome.ts'
import type { MonitorFacts, RuleInputs } from './rule-inputs.ts'
import { selectMonitors } from './select-monitors.ts'

/**
 * Days until a certificate expires, of each monitor that has seen one; one alert a monitor, whose group is its key. A monitor without a
 * certificate is passed over, unless the rule names it.
 */
export function evaluateExpiry(
  condition: ExpiryCondition,
  at: Instant,
  inputs: Pick<RuleInputs, 'monitors'>,
): GroupOutcome[] {
  const { found, missing } = selectMonitors(condition.monitors, inputs.monitors)
  const judged = found.flatMap((monitor): GroupOutcome[] => {
    const expiresAt = monitor.certificateExpiresAt
    if (expiresAt !== null) return [judge(monitor, expiresAt, condition, at)]
    if (condition.monitors.keys === null) return []
    const reason = `${monitor.name} has shown no certificate`
    return [{ group: [monitor.key], kind: 'no_data', since: monitor.lastProbedAt, reason }]
  })
  return [...judged, ...missing.map(missingMonitor)]
}

function judge(monitor: MonitorFacts, expiresAt: Instant, condition: ExpiryCondition, at: Instant): GroupOutcome {
  const { warningDays, criticalDays } = condition
  const leftMs = expiresAt - at
  const isWithin = (days: number | null) => days !== null && leftMs <= days * DAY
  const level: Level | null = isWithin(criticalDays) ? 'critical' : isWithin(warningDays) ? 'warning' : null
  const limit = level === 'critical' ? criticalDays : (warningDays ?? criticalDays)
  const name = `the certificate of ${monitor.name}`
  const reason =
    leftMs <= 0
      ? `${name} has expired on ${toIso(expiresAt)}`
      : `${name} expires in ${formatDuration(leftMs, 'en')}, ${level === null ? 'not ' : ''}within ${limit} d`
  return { group: [monitor.key], kind: 'judged', level, value: leftMs / DAY, limit, reason }
}
