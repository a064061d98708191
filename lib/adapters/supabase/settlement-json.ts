import { toEvidence } from '../../domain/notification/evidence.ts'
import type {
  IncidentChange,
  NewNotification,
  Settlement,
  StoredAlertChange,
} from '../../domain/notification/settlement.ts'
import type { Phases, ProbeOutcome, RegionSighting } from '../../domain/probe/outcome.ts'
import { type Instant, toIso } from '../../domain/time/instant.ts'

/** A settlement as `record_probe_results` reads it. */
export function settlementJson(settlement: Settlement): Record<string, unknown> {
  const { outcome, move } = settlement
  return {
    monitor_id: settlement.monitorId,
    project_id: settlement.projectId,
    token: settlement.token,
    region: settlement.region,
    slot_at: toIso(settlement.slotAt),
    interval_seconds: settlement.intervalSeconds,
    is_slotted: settlement.isSlotted,
    next_due_at: isoOrNull(settlement.nextDueAt),
    ...outcomeJson(outcome, settlement.attempts),
    // A heartbeat that was never pinged stays pending.
    state: outcome === null ? 'pending' : move.state,
    since_at: toIso(move.sinceAt),
    down_starts_at: move.downStartsAt.map(toIso),
    flapping_since: isoOrNull(move.flappingSince),
    ...(settlement.isUnknown ? { is_unknown: true } : {}),
    ...(settlement.regions.length === 0 ? {} : { regions: settlement.regions.map(regionJson) }),
    ...(settlement.alerts.length === 0 ? {} : { alerts: settlement.alerts.map(alertJson) }),
    ...(settlement.incident === null ? {} : { incident: incidentJson(settlement.incident) }),
  }
}

function outcomeJson(outcome: ProbeOutcome | null, attempts: readonly ProbeOutcome[]): Record<string, unknown> {
  if (outcome === null) return { probed_at: null, verdict: null, latency_ms: null, outcome: null }
  const evidence =
    attempts.length > 1 || outcome.verdict !== 'up' ? toEvidence(attempts.length > 1 ? attempts : [outcome]) : null
  return {
    probed_at: toIso(outcome.startedAt),
    verdict: outcome.verdict,
    cause: outcome.cause,
    status_code: outcome.statusCode,
    // Tenths of a millisecond are more than a network tells, and pack into two bytes without a loss.
    latency_ms: Math.round(outcome.durationMs * 10) / 10,
    phases: phasesJson(outcome.phases),
    message: outcome.verdict === 'up' ? null : outcome.message,
    evidence,
    certificate_expires_at: isoOrNull(outcome.certificate?.expiresAt ?? null),
    outcome,
  }
}

function regionJson({ region, verdict, cause, latencyMs, message }: RegionSighting): Record<string, unknown> {
  return { region, verdict, cause, latency_ms: latencyMs, message: verdict === 'up' ? null : message }
}

function phasesJson({ dns, tcp, tls, ttfb, transfer }: Phases): (number | null)[] {
  return [dns, tcp, tls, ttfb, transfer].map((phase) => phase ?? null)
}

function alertJson(change: StoredAlertChange): Record<string, unknown> {
  const shared = {
    op: change.op,
    id: change.id,
    kind: change.kind,
    reason: change.reason,
    evidence: change.evidence,
    state: change.state,
  }
  const notifications = change.notifications.map(notificationJson)
  switch (change.op) {
    case 'fire':
      return {
        ...shared,
        severity: change.severity,
        started_at: toIso(change.startedAt),
        muted: change.muted && { ...change.muted, until: isoOrNull(change.muted.until) },
        notifications,
      }
    case 'unmute':
      return { ...shared, at: toIso(change.at), notifications }
    case 'resolve':
      return { ...shared, at: toIso(change.at), tell: change.tell }
  }
}

export function incidentJson(change: IncidentChange): Record<string, unknown> {
  const shared = {
    op: change.op,
    id: change.id,
    events: change.events.map((event) => ({ ...event, at: toIso(event.at) })),
  }
  switch (change.op) {
    case 'open':
      return {
        ...shared,
        title: change.title,
        priority: change.priority,
        reason: change.reason,
        group_key: change.groupKey,
        rule_id: change.openedBy?.ruleId ?? null,
        grouping: change.openedBy?.grouping ?? null,
        started_at: toIso(change.startedAt),
        notifications: change.notifications.map(notificationJson),
      }
    case 'reopen':
      return {
        ...shared,
        episode: change.episode,
        flapping: change.flapping,
        reason: change.reason,
        notifications: change.notifications.map(notificationJson),
      }
    case 'resolve':
      return {
        ...shared,
        at: toIso(change.at),
        reason: change.reason,
        state: change.state,
        evidence: change.evidence,
        rule: change.rule ?? null,
      }
    case 'continue':
    case 'flap':
      return {
        ...shared,
        priority: change.priority ?? null,
        notifications: (change.notifications ?? []).map(notificationJson),
      }
  }
}

export function notificationJson(notification: NewNotification): Record<string, unknown> {
  return {
    id: notification.id,
    channel_id: notification.channelId,
    kind: notification.kind,
    episode: notification.episode,
    dedupe_key: notification.dedupeKey,
    reason: notification.reason,
    payload: notification.payload,
  }
}

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : toIso(at)
}
