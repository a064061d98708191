import type { AlertState } from '../../domain/alert/life-cycle.ts'
import type { IncidentFacts } from '../../domain/incident/decide-incident.ts'
import type { ShownState } from '../../domain/monitor/monitor.ts'
import type { AnomalyMemory } from '../../domain/rule/anomaly-memory.ts'
import type { Level } from '../../domain/rule/condition.ts'
import type { Slo } from '../../domain/slo/slo.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { ClaimedRule, RuleClaim, RuleGroupState, RuleStatus, UnreadableRule } from '../../ports/rule-store.ts'
import { toInstant } from './rows.ts'
import { type RuleRow, readRule, type StoredRuleRow } from './rule-rows.ts'

/** What `claim_due_rules` answers. */
export interface ClaimAnswer {
  /** Null when nothing is due. */
  due: DueRules | null
  next_due_at: string | null
}

interface DueRules {
  claims: ClaimRow[]
  monitors: MonitorRow[]
  slos: (Omit<Slo, 'projectId'> & { project_id: string })[]
  units: [projectId: string, metric: string, unit: string][]
}

/** A list and not an object, as `private.rules_to_evaluate` writes it: there are ten thousand of them, and names would be half of it. */
type ClaimedRow = [
  failure: string | null,
  states: StateRow[] | null,
  id: string,
  key: string,
  name: string,
  condition: unknown,
  group_by: string[],
  group_limit: number,
  for_ms: number,
  keep_firing_for_ms: number,
  no_data: RuleRow['no_data'],
  severity_warning: RuleRow['severity_warning'],
  severity_critical: RuleRow['severity_critical'],
  notify_channel_ids: string[],
  throttle_ms: number,
  repeat_ms: number,
  incident_by: string[] | null,
  inhibited_by: RuleRow['inhibited_by'],
  runbook: string | null,
  labels: Record<string, string>,
]

interface ClaimRow {
  project_id: string
  token: number
  at: string
  rules: ClaimedRow[]
  alerts: {
    id: string
    rule_id: string
    group_key: string
    level: Level
    started_at: string
    told_at: string | null
    incident_id: string | null
    incident_status: IncidentFacts['status'] | null
    muted_reason: string | null
  }[]
}

/** A list for the same reason. */
type StateRow = [
  group: string[],
  state: AlertState | null,
  memory: AnomalyMemory | null,
  status: RuleStatus,
  level: Level | null,
  value: number | null,
  sinceAt: number,
  evaluatedAt: number,
]

interface MonitorRow {
  project_id: string
  key: string
  name: string
  tags: string[]
  state: ShownState
  failed_in_a_row: number
  last_probed_at: string | null
  certificate_expires_at: string | null
}

export function toClaims({ due: answer }: ClaimAnswer): RuleClaim[] {
  if (answer === null) return []
  const monitors = byProject(answer.monitors, ({ project_id }) => project_id)
  const slos = byProject(answer.slos, ({ project_id }) => project_id)
  const units = byProject(answer.units, ([projectId]) => projectId)
  return answer.claims.map(({ project_id, token, at, rules, alerts }) => ({
    projectId: project_id,
    token,
    at: fromIso(at),
    ...toClaimedRules(project_id, rules),
    alerts: alerts.map((alert) => ({
      id: alert.id,
      ruleId: alert.rule_id,
      groupKey: alert.group_key,
      level: alert.level,
      startedAt: fromIso(alert.started_at),
      toldAt: toInstant(alert.told_at),
      incidentId: alert.incident_id,
      incidentStatus: alert.incident_status,
      mutedReason: alert.muted_reason,
    })),
    monitors: (monitors.get(project_id) ?? []).map(toMonitorFacts),
    slos: new Map(
      (slos.get(project_id) ?? []).map(({ project_id: _, ...slo }) => [slo.key, { ...slo, projectId: project_id }]),
    ),
    units: new Map((units.get(project_id) ?? []).map(([, metric, unit]) => [metric, unit])),
  }))
}

function toClaimedRules(projectId: string, rows: readonly ClaimedRow[]): Pick<RuleClaim, 'rules' | 'unreadable'> {
  const found: { rules: ClaimedRule[]; unreadable: UnreadableRule[] } = { rules: [], unreadable: [] }
  for (const claimed of rows) {
    const [failure, stored] = claimed
    const row = toRow(projectId, claimed)
    const states = (stored ?? []).map(toState)
    const read = readRule(row)
    if (read.ok) found.rules.push({ rule: read.rule, failure, states })
    else found.unreadable.push({ id: row.id, key: row.key, reason: read.reason, failure, states })
  }
  return found
}

/** Only what is switched on is claimed, and where it comes from is nothing to an evaluation. */
function toRow(project_id: string, claimed: ClaimedRow): StoredRuleRow {
  const [, , id, key, name, condition, group_by, group_limit, for_ms, keep_firing_for_ms, no_data, ...more] = claimed
  const [severity_warning, severity_critical, notify_channel_ids, throttle_ms, repeat_ms, ...last] = more
  const [incident_by, inhibited_by, runbook, labels] = last
  return {
    id,
    project_id,
    key,
    name,
    enabled: true,
    condition,
    group_by,
    group_limit,
    for_ms,
    keep_firing_for_ms,
    no_data,
    severity_warning,
    severity_critical,
    notify_channel_ids,
    throttle_ms,
    repeat_ms,
    incident_by,
    inhibited_by,
    runbook,
    labels,
    pack: null,
    pack_row: null,
    pack_version: null,
  }
}

function toState([group, state, memory, status, level, value, sinceAt, evaluatedAt]: StateRow): RuleGroupState {
  return { group, state, memory, status, level, value, sinceAt, evaluatedAt }
}

function toMonitorFacts(row: MonitorRow): RuleClaim['monitors'][number] {
  const { key, name, tags, state } = row
  return {
    key,
    name,
    tags,
    state,
    failedInARow: row.failed_in_a_row,
    lastProbedAt: toInstant(row.last_probed_at),
    certificateExpiresAt: toInstant(row.certificate_expires_at),
  }
}

function byProject<Row>(rows: readonly Row[], projectIdOf: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const known = found.get(projectIdOf(row))
    if (known === undefined) found.set(projectIdOf(row), [row])
    else known.push(row)
  }
  return found
}
