import { severityOf } from '../../domain/monitor/severity.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { ApiStore, IncidentSubjects } from '../../ports/api-store.ts'
import type {
  IncidentAlert,
  IncidentEvent,
  IncidentRuleAlert,
  IncidentStatus,
  IncidentSummary,
} from '../../ports/incident-reader.ts'
import { isoOrNull } from './monitor-json.ts'
import type { ApiQuestion, Json } from './monitors.ts'
import { ParameterReader, type Parsed } from './parameters.ts'

const STATUSES: Record<'all' | 'open' | IncidentStatus, readonly IncidentStatus[]> = {
  all: ['triggered', 'acknowledged', 'resolved'],
  open: ['triggered', 'acknowledged'],
  triggered: ['triggered'],
  acknowledged: ['acknowledged'],
  resolved: ['resolved'],
}
const STATUS_NAMES = ['all', 'open', 'triggered', 'acknowledged', 'resolved'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Incidents, newest first. `next` is the `before` of the page behind it: the number of the last incident of this one. */
export async function listApiIncidents(
  store: ApiStore,
  { projectId, projectUrl, parameters }: ApiQuestion,
): Promise<Parsed<Json>> {
  const reader = new ParameterReader(parameters)
  const limit = reader.integer('limit', { min: 1, max: 200, default: 50 })
  const below = reader.integer('before', { min: 1, max: 2_147_483_647, default: null })
  const status = reader.choice('status', STATUS_NAMES, 'all')
  if (reader.errors.length > 0) return { ok: false, errors: reader.errors }
  const query = { statuses: STATUSES[status], priority: null, below, above: null, limit: limit + 1 }
  const found = await store.listIncidents(projectId, query)
  const page = found.slice(0, limit)
  const subjects = await store.listIncidentSubjects(
    projectId,
    page.map(({ id }) => id),
  )
  const incidents = page.map((incident) => ({
    ...incidentJson(incident, projectUrl),
    ...subjectsJson(subjects.get(incident.id)),
  }))
  return { ok: true, value: { incidents, next: found.length > limit ? (page.at(-1)?.number ?? null) : null } }
}

/** One incident by its id or its number, with alerts of its monitors and rules, and its timeline; null when the project has no such incident. */
export async function readApiIncident(
  store: ApiStore,
  reference: string,
  { projectId, projectUrl }: ApiQuestion,
): Promise<Json | null> {
  const parsed = parseReference(reference)
  if (parsed === null) return null
  const detail = await store.findIncident(projectId, parsed)
  if (detail === null) return null
  return {
    ...incidentJson(detail.incident, projectUrl),
    monitors: detail.alerts.map(affectedJson),
    rules: detail.ruleAlerts.map((alert) => ruleAlertJson(alert, projectUrl)),
    timeline: detail.events.map(eventJson),
  }
}

function parseReference(reference: string): { id: string } | { number: number } | null {
  if (UUID.test(reference)) return { id: reference }
  return /^[1-9]\d{0,8}$/.test(reference) ? { number: Number(reference) } : null
}

/** Begins with the fields of a webhook's `incident`. */
function incidentJson(incident: IncidentSummary, projectUrl: string): Json {
  return {
    id: incident.id,
    number: incident.number,
    severity: severityOf(incident.priority),
    priority: incident.priority,
    status: incident.status,
    title: incident.title,
    startedAt: toIso(incident.startedAt),
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    resolvedAt: isoOrNull(incident.resolvedAt),
    reason: incident.reason,
    flapping: incident.flapping,
    url: `${projectUrl}/incidents/${incident.id}`,
    detectedAt: toIso(incident.detectedAt),
    acknowledgedBy: incident.acknowledgedBy,
    resolvedBy: incident.resolvedBy,
  }
}

function affectedJson({ monitor, status, reason, startedAt, resolvedAt, evidence }: IncidentAlert): Json {
  return {
    key: monitor.key,
    name: monitor.name,
    kind: monitor.kind,
    status,
    reason,
    startedAt: toIso(startedAt),
    resolvedAt: isoOrNull(resolvedAt),
    evidence,
  }
}

function ruleAlertJson(alert: IncidentRuleAlert, projectUrl: string): Json {
  const { rule, group, level, status, reason, startedAt, resolvedAt } = alert
  return {
    key: rule.key,
    name: rule.name,
    group,
    level,
    status,
    reason,
    startedAt: toIso(startedAt),
    resolvedAt: isoOrNull(resolvedAt),
    runbook: rule.runbook,
    url: `${projectUrl}/rules/${rule.key}`,
  }
}

/** What an incident of a list is about, in short. */
function subjectsJson(subjects: IncidentSubjects | undefined): Json {
  return { monitors: [...(subjects?.monitors.values() ?? [])], rules: [...(subjects?.rules.values() ?? [])] }
}

function eventJson({ id, at, kind, actor, message, details }: IncidentEvent): Json {
  return { id, at: toIso(at), kind, actor, message, details }
}
