/** How much a failure hurts, as the person who configures a monitor says it. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** How an incident is ranked: P0 is the worst. */
export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const
export type Priority = (typeof PRIORITIES)[number]

const PRIORITY_OF: Record<Severity, Priority> = { critical: 'P0', high: 'P1', medium: 'P2', low: 'P3' }
const SEVERITY_OF: Record<Priority, Severity> = { P0: 'critical', P1: 'high', P2: 'medium', P3: 'low' }

export function priorityOf(severity: Severity): Priority {
  return PRIORITY_OF[severity]
}

export function severityOf(priority: Priority): Severity {
  return SEVERITY_OF[priority]
}

/** True when `severity` is at least as bad as `floor`. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor)
}
