/** What Atlassian's Statuspage says in `/api/v2/summary.json`, and with it everything that speaks its format. */

export const INDICATORS = ['none', 'minor', 'maintenance', 'major', 'critical'] as const
export type Indicator = (typeof INDICATORS)[number]

export const COMPONENT_STATUSES = [
  'operational',
  'degraded_performance',
  'under_maintenance',
  'partial_outage',
  'major_outage',
] as const
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number]

export interface StatusComponent {
  id: string
  name: string
  status: ComponentStatus
  /** Of the group that it stands in; null for none. */
  groupName: string | null
}

/** An incident that is not resolved, or maintenance that is under way. */
export interface StatusIncident {
  name: string
  /** Worst first would be `critical`; what a page calls otherwise is read as `none`. */
  impact: Indicator
  /** Where people read more: http(s), at most 2,048 characters. */
  url: string | null
  componentIds: readonly string[]
}

export interface StatusPageSummary {
  indicator: Indicator
  /** The page's own sentence: `Partial System Outage`. */
  description: string
  components: readonly StatusComponent[]
  /** The worst first. */
  incidents: readonly StatusIncident[]
}
