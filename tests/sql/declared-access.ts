import type { ActorName } from '../support/actors.ts'

/** Who may, with everybody above them: `nobody` of the API's people, only the service role. `signed_in`: the outsider too. */
export type Minimum = 'nobody' | 'signed_in' | 'viewer' | 'responder' | 'admin' | 'owner'
export const OPERATIONS = ['select', 'insert', 'update', 'delete'] as const
export type Operation = (typeof OPERATIONS)[number]
export type TableAccess = Record<Operation, Minimum>

/** Writing goes through functions that check the role: no table takes a row from a person. */
function readableBy(select: Minimum): TableAccess {
  return { select, insert: 'nobody', update: 'nobody', delete: 'nobody' }
}

/** Every table of schema public, partitions aside: those are closed to all. One that is missing here fails the matrix. */
export const DECLARED_TABLES: Record<string, TableAccess> = {
  active_users: readableBy('viewer'),
  active_visitors: readableBy('nobody'),
  alert_rules: readableBy('viewer'),
  alerts: readableBy('viewer'),
  api_keys: readableBy('admin'),
  audit_entries: readableBy('admin'),
  channel_secrets: readableBy('nobody'),
  channels: readableBy('viewer'),
  database_snapshots: readableBy('viewer'),
  database_source_secrets: readableBy('nobody'),
  database_sources: readableBy('viewer'),
  deleted_rules: readableBy('nobody'),
  deliveries: readableBy('viewer'),
  deployments: readableBy('viewer'),
  error_issues: readableBy('viewer'),
  feedback: readableBy('viewer'),
  heartbeat_pings: readableBy('viewer'),
  histogram_samples: readableBy('nobody'),
  incident_events: readableBy('viewer'),
  incidents: readableBy('viewer'),
  ingest_batches: readableBy('nobody'),
  ingest_days: readableBy('viewer'),
  log_drain_secrets: readableBy('nobody'),
  log_drains: readableBy('viewer'),
  integration_secrets: readableBy('nobody'),
  integrations: readableBy('admin'),
  kpi_digest_channels: readableBy('viewer'),
  kpi_digests: readableBy('viewer'),
  kpi_secrets: readableBy('nobody'),
  kpis: readableBy('viewer'),
  log_dirty_minutes: readableBy('nobody'),
  logs: readableBy('viewer'),
  maintenance_occurrences: readableBy('viewer'),
  maintenance_windows: readableBy('viewer'),
  memberships: readableBy('viewer'),
  monitor_channels: readableBy('viewer'),
  monitor_secrets: readableBy('nobody'),
  monitor_states: readableBy('viewer'),
  monitors: readableBy('viewer'),
  notifications: readableBy('viewer'),
  // Mails in it hold acknowledge links.
  outbox_messages: readableBy('responder'),
  probe_gaps: readableBy('viewer'),
  probe_results: readableBy('viewer'),
  probe_rollups: readableBy('viewer'),
  projects: readableBy('viewer'),
  rate_buckets: readableBy('nobody'),
  region_results: readableBy('viewer'),
  region_rollups: readableBy('viewer'),
  reports: readableBy('viewer'),
  rule_failures: readableBy('viewer'),
  rule_runs: readableBy('viewer'),
  rule_states: readableBy('viewer'),
  samples: readableBy('nobody'),
  series: readableBy('viewer'),
  series_days: readableBy('nobody'),
  metric_totals: readableBy('nobody'),
  metric_total_marks: readableBy('nobody'),
  series_dirty_days: readableBy('nobody'),
  series_dirty_hours: readableBy('nobody'),
  series_hours: readableBy('nobody'),
  series_minutes: readableBy('nobody'),
  silences: readableBy('viewer'),
  sites: readableBy('viewer'),
  slos: readableBy('viewer'),
  // When the scheduler last ran is nobody's secret among those who are signed in.
  task_pulses: readableBy('signed_in'),
  visitor_salts: readableBy('nobody'),
  vital_dirty_minutes: readableBy('nobody'),
  vitals: readableBy('nobody'),
}

const LADDER: readonly (ActorName | 'signed_in')[] = ['anon', 'signed_in', 'viewer', 'responder', 'admin', 'owner']

export function isAllowed(actor: ActorName, minimum: Minimum): boolean {
  if (minimum === 'nobody' || actor === 'anon') return false
  const rank = LADDER.indexOf(actor === 'outsider' ? 'signed_in' : actor)
  return rank >= LADDER.indexOf(minimum)
}
