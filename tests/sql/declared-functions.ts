import type { World } from '../support/actors.ts'
import { monitorJson } from '../support/pipeline.ts'
import type { Minimum } from './declared-access.ts'

/** A function that checks the role of its caller, with arguments that are good for the project of the roles. */
export interface CommandAccess {
  minimum: Exclude<Minimum, 'nobody' | 'signed_in'>
  /** SQL arguments in order, and their values. */
  call: (world: World) => [text: string, values: unknown[]]
  /** What an outsider and a person of too low a role are told; PT404 and PT403 unless said otherwise. */
  refusals?: { outsider: string; below: string }
  /** The same in the project of the roles, but naming something of another project. Refused, or without any effect. */
  foreign?: (world: World) => [text: string, values: unknown[]]
}

const DATABASE = {
  key: 'fresh',
  kind: 'postgres',
  name: 'fresh',
  project_ref: null,
  storage_limit_bytes: null,
  enabled: true,
  connection: { op: 'set', ciphertext: 'x', address: 'db.test:5432/app (app)' },
  metrics_key: { op: 'keep' },
}
const CHANNEL = { key: 'fresh', kind: 'email', name: 'fresh', config: { to: ['a@example.com'] } }

const SILENCE = {
  matchers: ['monitor="api"'],
  starts_at: '2026-01-01T00:00:00Z',
  ends_at: '2099-01-01T00:00:00Z',
  comment: '',
}
const MAINTENANCE = {
  name: 'fresh',
  description: '',
  scope_kind: 'project',
  scope_values: [],
  time_zone: 'UTC',
  start_date: '2026-01-01',
  start_time_ms: 0,
  duration_ms: 3_600_000,
  recurrence: null,
  announced: false,
  planned_until: '2099-01-01T00:00:00Z',
  occurrences: [{ starts_at: '2026-01-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' }],
}

const RULE = { key: 'fresh', name: 'fresh', condition: { kind: 'composite', mode: 'any', rules: [], level: 'warning' } }
const KPI = {
  key: 'fresh',
  name: 'fresh',
  unit: '',
  kind: 'sql',
  query: 'select 1',
  schedule: '0 * * * *',
  time_zone: 'UTC',
  lower_limit: null,
  upper_limit: null,
  secret: { op: 'set', ciphertext: 'x' },
}

const SLO = {
  key: 'fresh',
  name: 'fresh',
  description: '',
  indicator: { kind: 'availability', monitors: { keys: null, tag: null }, counting: 'count' },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.999,
  slice: null,
}

/** Commands of people. Every public function that signed-in people may execute is here or among the reads. */
export const COMMANDS: Record<string, CommandAccess> = {
  save_monitor: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, monitorJson({ key: 'fresh' })]],
    foreign: ({ ours, theirs }) => [
      '$1, $2',
      [ours.projectId, { ...monitorJson({ key: 'fresh' }), id: theirs.monitorId }],
    ],
  },
  pause_monitors: {
    minimum: 'responder',
    call: ({ ours }) => ['$1, $2, true', [ours.projectId, [ours.monitorId]]],
    foreign: ({ ours, theirs }) => ['$1, $2, true', [ours.projectId, [theirs.monitorId]]],
  },
  edit_monitors: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2, $3', [ours.projectId, [ours.monitorId], { severity: 'low' }]],
    foreign: ({ ours, theirs }) => ['$1, $2, $3', [ours.projectId, [theirs.monitorId], { severity: 'low' }]],
  },
  delete_monitors: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, [ours.monitorId]]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, [theirs.monitorId]]],
  },
  save_channel: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, CHANNEL]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...CHANNEL, id: theirs.channelId }]],
  },
  enable_channel: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2, false', [ours.projectId, ours.channelId]],
    foreign: ({ ours, theirs }) => ['$1, $2, false', [ours.projectId, theirs.channelId]],
  },
  delete_channel: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.channelId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.channelId]],
  },
  send_test: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2, $3', [ours.projectId, ours.channelId, {}]],
    foreign: ({ ours, theirs }) => ['$1, $2, $3', [ours.projectId, theirs.channelId, {}]],
  },
  retry_notification: {
    minimum: 'responder',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.deadNotificationId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.deadNotificationId]],
  },
  change_incident: {
    minimum: 'responder',
    call: ({ ours }) => ["$1, 'acknowledge', null", [ours.incidentId]],
    foreign: ({ theirs }) => ["$1, 'acknowledge', null", [theirs.incidentId]],
  },
  create_api_key: {
    minimum: 'admin',
    call: ({ ours }) => ["$1, 'new', 'vg_new', 'hash of new', '{read}'", [ours.projectId]],
  },
  revoke_api_key: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.apiKeyId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.apiKeyId]],
  },
  save_log_drain: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, { verify_token: 'code', secret: { op: 'set', ciphertext: 'x' } }]],
  },
  delete_log_drain: { minimum: 'admin', call: ({ ours }) => ['$1', [ours.projectId]] },
  save_project: {
    minimum: 'admin',
    call: ({ ours }) => [
      '$1, $2',
      [ours.projectId, { name: 'new', time_zone: 'UTC', locale: 'fr', report_recipients: [] }],
    ],
  },
  create_project: {
    minimum: 'owner',
    call: () => ['$1', [{ slug: 'third', name: 'third', time_zone: 'UTC', locale: 'en' }]],
    // Asked of no project in particular, so there is none to hide. The outsider owns another project and may open a further one.
    refusals: { outsider: '', below: 'PT403' },
  },
  save_integration: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, { kind: 'github', name: 'shop' }]],
    foreign: ({ ours, theirs }) => [
      '$1, $2',
      [ours.projectId, { id: theirs.integrationId, kind: 'github', name: 'shop' }],
    ],
  },
  delete_integration: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.integrationId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.integrationId]],
  },
  save_member: {
    minimum: 'owner',
    call: ({ ours, newcomer }) => ["$1, $2, 'viewer'", [ours.projectId, newcomer.email]],
  },
  remove_member: {
    minimum: 'owner',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.memberId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.memberId]],
  },
  set_token_budget: { minimum: 'admin', call: ({ ours }) => ['$1, 5000000', [ours.projectId]] },
  save_database_source: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, DATABASE]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...DATABASE, id: theirs.databaseSourceId }]],
  },
  delete_database_source: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.databaseSourceId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.databaseSourceId]],
  },
  check_database_source: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.databaseSourceId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.databaseSourceId]],
  },
  // Reads what is closed to people, in their stead: it checks the role as commands do.
  query_series: {
    minimum: 'viewer',
    call: ({ ours }) => [
      "$1, 'queue.length', '{}', '{}', now() - interval '1 hour', now(), 60, 'avg'",
      [ours.projectId],
    ],
  },
  read_deployment_minutes: {
    minimum: 'viewer',
    call: ({ ours }) => [
      '$1, $2',
      [
        ours.projectId,
        [
          {
            metric: 'deployment.failed',
            group_by: [],
            from: '2031-01-01T00:00:00Z',
            until: '2031-01-01T01:00:00Z',
            wants_histograms: false,
            groups_max: 10,
            rows_max: 10,
          },
        ],
      ],
    ],
  },
  read_rule_minutes: {
    minimum: 'viewer',
    call: ({ ours }) => [
      '$1, $2',
      [
        ours.projectId,
        [
          {
            metric: 'queue.length',
            group_by: [],
            from: '2031-01-01T00:00:00Z',
            until: '2031-01-01T01:00:00Z',
            wants_histograms: false,
            groups_max: 10,
            rows_max: 100,
          },
        ],
      ],
    ],
  },
  query_many_series: {
    minimum: 'viewer',
    call: ({ ours }) => [
      '$1, $2',
      [
        ours.projectId,
        [
          {
            metric: 'queue.length',
            from: '2031-01-01T00:00:00Z',
            until: '2031-01-01T01:00:00Z',
            step_seconds: 60,
            aggregate: 'avg',
          },
        ],
      ],
    ],
  },
  query_vitals: {
    minimum: 'viewer',
    call: ({ ours }) => [
      "$1, now() - interval '1 day', now() + interval '1 hour', 3600, '{}', '{\"lcp\": [2500, 4000]}'",
      [ours.projectId],
    ],
  },
  save_site: {
    minimum: 'admin',
    call: ({ ours }) => ["$1, '{https://shop.example.com}'", [ours.projectId]],
  },
  rotate_site_key: { minimum: 'admin', call: ({ ours }) => ['$1', [ours.projectId]] },
  create_silence: { minimum: 'responder', call: ({ ours }) => ['$1, $2', [ours.projectId, SILENCE]] },
  expire_silence: {
    minimum: 'responder',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.silenceId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.silenceId]],
  },
  save_maintenance: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, MAINTENANCE]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...MAINTENANCE, id: theirs.windowId }]],
  },
  cancel_maintenance: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.windowId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.windowId]],
  },
  set_deploy_mute: { minimum: 'admin', call: ({ ours }) => ['$1, 60, 30', [ours.projectId]] },
  end_maintenance: {
    minimum: 'responder',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.windowId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.windowId]],
  },
  save_kpi: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, KPI]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...KPI, id: theirs.kpiId }]],
  },
  delete_kpi: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.kpiId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.kpiId]],
  },
  apply_pack: {
    minimum: 'admin',
    call: ({ ours }) => ["$1, '[]'::jsonb, $2", [ours.projectId, ['nothing']]],
  },
  save_rule: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, RULE]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...RULE, notify_channel_ids: [theirs.channelId] }]],
  },
  // Rules go by their key; those of the two projects are called after them.
  delete_rules: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ['ours']]],
    foreign: ({ ours }) => ['$1, $2', [ours.projectId, ['theirs']]],
  },
  restore_rule: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, 'ours-gone']],
    foreign: ({ ours }) => ['$1, $2', [ours.projectId, 'theirs-gone']],
  },
  enable_rules: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2, false', [ours.projectId, ['ours']]],
    foreign: ({ ours }) => ['$1, $2, false', [ours.projectId, ['theirs']]],
  },
  save_kpi_digest: {
    minimum: 'admin',
    call: ({ ours }) => ["$1, '{}'", [ours.projectId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, [theirs.channelId]]],
  },
  read_kpis: {
    minimum: 'viewer',
    call: ({ ours }) => ['$1', [ours.projectId]],
  },
  save_slo: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, SLO]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, { ...SLO, id: theirs.sloId }]],
  },
  delete_slo: {
    minimum: 'admin',
    call: ({ ours }) => ['$1, $2', [ours.projectId, ours.sloId]],
    foreign: ({ ours, theirs }) => ['$1, $2', [ours.projectId, theirs.sloId]],
  },
  read_slo_figures: {
    minimum: 'viewer',
    call: ({ ours }) => ['$1, $2', [ours.projectId, [{ ...SLO, from: '2026-11-01T00:00:00Z' }]]],
  },
  request_report: {
    minimum: 'admin',
    call: ({ ours }) => ["$1, 'last_week', 'me'", [ours.projectId]],
  },
}

export interface ReadAccess {
  call: (world: World) => [text: string, values: unknown[]]
  /** The part of the answer that tells anything of the project: null or empty for an outsider. */
  tells: (answer: unknown) => unknown
}

const at = (path: string) => (answer: unknown) =>
  path.split('.').reduce((value, key) => (value as Record<string, unknown>)?.[key], answer)

/** Read models: run with the rights of the caller, so that row level security decides what they answer. */
export const READS: Record<string, ReadAccess> = {
  read_monitor_list: { call: ({ ours }) => ['$1', [ours.projectId]], tells: at('monitors') },
  read_monitor_figures: {
    call: ({ ours }) => ['$1', [[ours.monitorId]]],
    tells: (answer) => Object.values(answer as Record<string, { hours: unknown[] }>).flatMap(({ hours }) => hours),
  },
  read_overview: { call: ({ ours }) => ['$1', [ours.projectId]], tells: at('open_incidents') },
  read_monitor_regions: { call: ({ ours }) => ["$1, '24h'", [ours.monitorId]], tells: (answer) => answer },
  read_monitor_series: { call: ({ ours }) => ["$1, '24h'", [ours.monitorId]], tells: at('points') },
  read_deployment_figures: {
    call: ({ ours }) => ["$1, '2020-01-01', now() + interval '10 years'", [ours.projectId]],
    tells: (answer) => ((answer as { succeeded: number }).succeeded === 0 ? null : answer),
  },
  read_report_figures: {
    call: ({ ours }) => ["$1, now() - interval '7 days', now() + interval '1 day', 'UTC'", [ours.projectId]],
    tells: at('monitors'),
  },
  read_satisfaction: {
    call: ({ ours }) => ["$1, now() - interval '1 day', now() + interval '1 day', 'UTC', null", [ours.projectId]],
    tells: at('pages'),
  },
  read_report_satisfaction: {
    call: ({ ours }) => ["$1, now() - interval '1 day', now() + interval '1 day'", [ours.projectId]],
    tells: (answer) => (answer as { count: number }).count || null,
  },
  // Names a person: whoever else names the viewer sees no more of the viewer's projects than of their own.
  read_frame: { call: ({ ours, userIds }) => ['$1, $2', [userIds.viewer, ours.slug]], tells: at('project') },
  read_monitor: { call: ({ ours }) => ["$1, 'api'", [ours.projectId]], tells: (answer) => answer },
  list_deployment_facets: { call: ({ ours }) => ['$1', [ours.projectId]], tells: at('services') },
  read_rules: { call: ({ ours }) => ['$1, $2', [ours.projectId, { limit: 10 }]], tells: at('rules') },
  read_alerts: { call: ({ ours }) => ['$1, $2', [ours.projectId, { limit: 10 }]], tells: (answer) => answer },
  list_metric_ages: {
    call: ({ ours }) => ['$1', [ours.projectId]],
    tells: (answer) => Object.keys(answer as Record<string, string>),
  },
  list_metrics: { call: ({ ours }) => ['$1', [ours.projectId]], tells: (answer) => answer },
  list_attribute_values: {
    call: ({ ours }) => ["$1, 'queue.length', 'queue'", [ours.projectId]],
    tells: (answer) => answer,
  },
  read_results: { call: ({ ours }) => ['$1', [ours.monitorId]], tells: (answer) => answer },
  read_monitor_facets: { call: ({ ours }) => ['$1', [ours.projectId]], tells: at('kinds') },
}

/** Functions that tasks, ingest and the start alone may call. */
export const SERVICE_ONLY = [
  'acknowledge_from_link',
  'apply_configuration',
  'bootstrap_project',
  'claim_database_sources',
  'claim_due_kpis',
  'claim_due_monitors',
  'claim_due_rules',
  'claim_error_collections',
  'claim_notifications',
  'claim_report',
  'find_api_key',
  'find_heartbeat',
  'find_integration',
  'find_site',
  'finish_delivery',
  'finish_error_collection',
  'finish_kpi_run',
  'finish_report',
  'finish_task',
  'fold_vital_releases',
  'list_kpi_digest_candidates',
  'list_report_candidates',
  'list_unplanned_maintenance',
  'load_decision_context',
  'load_incidents_about',
  'load_rule_contexts',
  'load_mutes',
  'note_log_drain',
  'note_report_recipient',
  'pack_probe_results',
  'plan_maintenance',
  'prune_feedback',
  'prune_ingest',
  'prune_probe_results',
  'prune_rate_buckets',
  'prune_region_results',
  'prune_telemetry',
  'prune_vitals',
  'queue_kpi_digest',
  'read_configuration',
  'read_database_figures',
  'read_deployment_outcomes',
  'read_health',
  'read_kpi_figures',
  'read_project_figures',
  'read_rule_figures',
  'receive_webhook',
  'record_database_reading',
  'record_heartbeat_ping',
  'record_probe_results',
  'record_rule_evaluations',
  'refuse_webhook',
  'release_leases',
  'renew_leases',
  'rollup_days',
  'rollup_metric_totals',
  'rollup_probe_results',
  'rollup_region_results',
  'rollup_series',
  'rollup_series_days',
  'rollup_vitals',
  'seed_project',
  'set_api_key',
  'stamp_report',
  'start_task',
  'store_deployment',
  'store_feedback',
  'store_telemetry',
  'store_vitals',
  'take_tokens',
]

/** What policies, read models and commands need in schema private, which the API does not expose. */
export const PRIVATE_FOR_PEOPLE = [
  'current_project_ids',
  'histogram_key',
  'is_maintained',
  'iso',
  'latency_buckets',
  'maintenance_ranges',
  'now',
  'packed_results',
  'require_role',
  'role_rank',
  'shown_state',
  'unwrap_json',
]
