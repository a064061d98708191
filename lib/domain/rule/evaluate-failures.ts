import type { ShownState } from '../monitor/monitor.ts'
import type { ConsecutiveFailuresCondition } from './condition.ts'
import type { GroupOutcome } from './outcome.ts'
import type { MonitorFacts, RuleInputs } from './rule-inputs.ts'
import { selectMonitors } from './select-monitors.ts'

/** Nobody asks these monitors anything, so that their last failures say nothing about now. */
const UNWATCHED: ReadonlySet<ShownState> = new Set(['paused', 'maintenance'])

/** So many failed slots in a row; one alert a monitor, whose group is its key. */
export function evaluateFailures(condition: ConsecutiveFailuresCondition, inputs: RuleInputs): GroupOutcome[] {
  const { found, missing } = selectMonitors(condition.monitors, inputs.monitors)
  return [...found.map((monitor) => judge(monitor, condition)), ...missing.map(missingMonitor)]
}

/** A monitor that a rule names and that is no longer there. */
export function missingMonitor(key: string): GroupOutcome {
  return { group: [key], kind: 'no_data', since: null, reason: `there is no monitor ${key}` }
}

function judge(monitor: MonitorFacts, { failures, level }: ConsecutiveFailuresCondition): GroupOutcome {
  const { key, name, state, failedInARow, lastProbedAt } = monitor
  const group = [key]
  if (UNWATCHED.has(state)) {
    const reason = `${name} is not watched now (${state})`
    return { group, kind: 'judged', level: null, value: 0, limit: failures, reason }
  }
  if (lastProbedAt === null || state === 'unknown')
    return { group, kind: 'no_data', since: lastProbedAt, reason: `${name} has no recent result` }
  const isBad = failedInARow >= failures
  const reason = `${name} failed ${failedInARow} times in a row, ${isBad ? 'at least' : 'less than'} ${failures}`
  return { group, kind: 'judged', level: isBad ? level : null, value: failedInARow, limit: failures, reason }
}
