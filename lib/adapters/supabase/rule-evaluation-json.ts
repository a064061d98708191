import type { RuleAlertChange, RuleSettlement } from '../../domain/notification/rule-settlement.ts'
import { groupKeyOf } from '../../domain/rule/outcome.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { RuleEvaluation, WrittenState } from '../../ports/rule-store.ts'
import { incidentJson, notificationJson } from './settlement-json.ts'

/** An evaluation as `record_rule_evaluations` reads it. */
export function evaluationJson(evaluation: RuleEvaluation): Record<string, unknown> {
  const { projectId, token, at, states, forgotten, failed, mended, settlements } = evaluation
  return {
    project_id: projectId,
    token,
    at: toIso(at),
    states: states.map(stateJson),
    forgotten: forgotten.map(({ ruleId, groupKey }) => ({ rule_id: ruleId, group_key: groupKey })),
    failed: failed.map(({ ruleId, reason }) => ({ rule_id: ruleId, reason })),
    mended,
    settlements: settlements.map(settlementJson),
  }
}

function stateJson({ ruleId, group, state, memory, status, level, value, reason, sinceAt }: WrittenState) {
  return {
    rule_id: ruleId,
    group_key: groupKeyOf(group),
    group_values: group,
    state,
    memory,
    status,
    level,
    value,
    reason,
    since_at: toIso(sinceAt),
  }
}

function settlementJson({ ruleId, alerts, incident }: RuleSettlement): Record<string, unknown> {
  return {
    rule_id: ruleId,
    alerts: alerts.map(alertJson),
    ...(incident === null ? {} : { incident: incidentJson(incident) }),
  }
}

function alertJson(change: RuleAlertChange): Record<string, unknown> {
  const { op, id } = change
  if (op === 'resolve') return { op, id, at: toIso(change.at), reason: change.reason, rule: change.rule }
  const telling = {
    told: change.told,
    told_reason: change.toldReason,
    muted: change.muted && { ...change.muted, until: change.muted.until === null ? null : toIso(change.muted.until) },
    notifications: change.notifications.map(notificationJson),
  }
  if (op === 'repeat') return { op: 'change', id, ...telling }
  const { level, severity, reason, points } = change
  const shared = { op, id, level, severity, reason, points, ...telling }
  if (op === 'change') return shared
  return {
    ...shared,
    group_key: groupKeyOf(change.group),
    group_values: change.group,
    started_at: toIso(change.startedAt),
    monitor_key: change.monitorKey,
  }
}
