import { decisiveEvidence } from '../domain/notification/failure-text.ts'
import type { Evidence } from '../domain/notification/message.ts'
import { nameGroup } from '../domain/notification/rule-message.ts'
import type { Level } from '../domain/rule/condition.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { IncidentAlert, IncidentReader, IncidentRuleAlert, IncidentSummary } from '../ports/incident-reader.ts'
import { chartWindow, type IncidentChart, toIncidentChart } from './incident-chart.ts'
import { readTimeline, type TimelineLine } from './incident-timeline.ts'
import { groupByChannel, type ToldChannel } from './told-channels.ts'

/** A length that is final, or one that still runs: then `since` tells from when. */
export interface IncidentClock {
  since: Instant
  /** Null while it runs. */
  until: Instant | null
}

export interface IncidentView {
  incident: IncidentSummary
  /**
   * Both count from the start of the failure, as the weekly report's medians do. The first ends with whoever acknowledged it, or with the
   * end of the incident when nobody did.
   */
  acknowledgeClock: IncidentClock & { wasAcknowledged: boolean }
  resolveClock: IncidentClock
  /** Monitors of the incident: those still failing first. */
  affected: AffectedMonitor[]
  /** Groups of rules of the incident: those still firing first. */
  rules: AffectedRule[]
  /** The attempts that decided, oldest first, of the alert that began last. */
  evidence: { monitorName: string; attempts: Evidence[]; decisive: Evidence | null } | null
  chart: IncidentChart | null
  timeline: TimelineLine[]
  told: ToldChannel[]
  runbookUrl: string | null
  /** What a rule calls its runbook where that is no address, such as `RB-001`. */
  runbookName: string | null
}

export interface AffectedMonitor {
  key: string
  name: string
  isFailing: boolean
  reason: string
  since: Instant
  until: Instant | null
  /** How often it went down within this incident. */
  times: number
}

export interface AffectedRule {
  key: string
  name: string
  /** Empty for a rule that does not split. */
  group: string
  level: Level
  isFiring: boolean
  reason: string
  /** Why it was told, or was not; one English sentence. */
  told: string | null
  since: Instant
  until: Instant | null
  /** How often it fired within this incident. */
  times: number
}

/** Everything that the page of one incident shows; null when this person may not see it or it is not there. */
export async function readIncident(
  reader: IncidentReader,
  projectId: string,
  reference: { number: number } | { id: string },
  now: Instant,
): Promise<IncidentView | null> {
  const detail = await reader.findIncident(projectId, reference)
  if (detail === null) return null
  const { incident, alerts, ruleAlerts, events, notifications, channelNames } = detail
  const newest = alerts.at(-1)
  const chart = newest === undefined ? null : await readChart(reader, incident, newest, now)
  return {
    incident,
    acknowledgeClock: {
      since: incident.startedAt,
      until: incident.acknowledgedAt ?? incident.resolvedAt,
      wasAcknowledged: incident.acknowledgedAt !== null,
    },
    resolveClock: { since: incident.startedAt, until: incident.resolvedAt },
    affected: listAffected(alerts),
    rules: listRules(ruleAlerts),
    evidence: newest === undefined || newest.evidence.length === 0 ? null : toEvidence(newest),
    chart,
    timeline: readTimeline(events, channelNames),
    told: groupByChannel(notifications),
    runbookUrl: findRunbook(alerts, ruleAlerts),
    runbookName: ruleAlerts.find(({ rule }) => rule.runbook !== null && !isAddress(rule.runbook))?.rule.runbook ?? null,
  }
}

function toEvidence({ monitor, evidence }: IncidentAlert): NonNullable<IncidentView['evidence']> {
  return { monitorName: monitor.name, attempts: evidence, decisive: decisiveEvidence(evidence) }
}

/** One line a monitor, however often it went down. */
function listAffected(alerts: readonly IncidentAlert[]): AffectedMonitor[] {
  const byKey = new Map<string, AffectedMonitor>()
  for (const alert of alerts) {
    const known = byKey.get(alert.monitor.key)
    byKey.set(alert.monitor.key, {
      key: alert.monitor.key,
      name: alert.monitor.name,
      isFailing: alert.status === 'firing',
      reason: alert.reason,
      since: alert.startedAt,
      until: alert.resolvedAt,
      times: (known?.times ?? 0) + 1,
    })
  }
  return [...byKey.values()].sort((a, b) => Number(b.isFailing) - Number(a.isFailing) || a.name.localeCompare(b.name))
}

/** One line a rule and group, however often it fired. */
function listRules(alerts: readonly IncidentRuleAlert[]): AffectedRule[] {
  const found = new Map<string, AffectedRule>()
  for (const { rule, group, level, status, reason, told, startedAt, resolvedAt } of alerts) {
    const { key, name } = rule
    const place = JSON.stringify([key, group])
    const times = (found.get(place)?.times ?? 0) + 1
    const isFiring = status === 'firing'
    found.set(place, {
      key,
      name,
      group: nameGroup(group),
      level,
      isFiring,
      reason,
      told,
      since: startedAt,
      until: resolvedAt,
      times,
    })
  }
  return [...found.values()].sort((a, b) => Number(b.isFiring) - Number(a.isFiring) || a.name.localeCompare(b.name))
}

/** The first that is an address: the number of a runbook leads nowhere. */
function findRunbook(alerts: readonly IncidentAlert[], ruleAlerts: readonly IncidentRuleAlert[]): string | null {
  const named = [
    ...alerts.map(({ monitor }) => monitor.runbookUrl),
    ...ruleAlerts.map(({ rule }) => rule.runbook ?? ''),
  ]
  return named.find(isAddress) ?? null
}

function isAddress(runbook: string): boolean {
  return /^https?:/.test(runbook)
}

/** Around the start of the newest failure. A heartbeat has no latency to draw. */
async function readChart(
  reader: IncidentReader,
  incident: IncidentSummary,
  alert: IncidentAlert,
  now: Instant,
): Promise<IncidentChart | null> {
  if (alert.monitor.kind === 'heartbeat') return null
  const window = chartWindow(alert, incident.resolvedAt, now)
  const results = await reader.listResults(alert.monitor.id, window.from, window.until)
  return toIncidentChart(results, alert, window)
}
