import type { Monitor } from '../monitor/monitor.ts'
import { targetOf } from '../monitor/monitor.ts'
import { priorityOf, type Severity } from '../monitor/severity.ts'
import { type Instant, toIso } from '../time/instant.ts'
import type { DecisionContext, MassFailure } from './decision-context.ts'
import type { Evidence, MessageData } from './message.ts'
import { decideRecipients, type RouteDecision } from './route.ts'
import type { NewNotification, TimelineEntry } from './settlement.ts'

export interface ComposeRequest {
  kind: 'incident.triggered' | 'monitor.degraded'
  monitor: Monitor
  context: DecisionContext
  state: 'down' | 'degraded'
  reason: string
  startedAt: Instant
  evidence: Evidence[]
  incident: { id: string; title: string; episode: number; flapping: boolean } | null
  /** Id of the incident or of the alert: first part of every dedupe key. */
  subjectId: string
  mass: MassFailure | null
  baseUrl: string
  newId: () => string
}

/** The notifications of a beginning, with a sentence for each channel that is not told. */
export function composeNotifications(request: ComposeRequest): {
  notifications: NewNotification[]
  routes: RouteDecision[]
} {
  const { context, kind } = request
  const routes = decideRecipients({
    kind,
    severity: severityOf(request),
    channels: context.channels,
    notifyChannelIds: context.notifyChannelIds,
  })
  const told = routes.filter((route) => route.send)
  const names = told.flatMap(({ channelId }) => context.channels.find(({ id }) => id === channelId)?.name ?? [])
  const payload = composeData(request, names)
  const episode = request.incident?.episode ?? 0
  const notifications = told.map(({ channelId, reason }) => ({
    id: request.newId(),
    channelId,
    kind,
    episode,
    dedupeKey: [request.subjectId, episode, channelId, kind].join(':'),
    reason,
    payload,
  }))
  return { notifications, routes }
}

/** Timeline lines that say who was told and who was not, and why. */
export function explainRoutes(
  routes: readonly RouteDecision[],
  context: DecisionContext,
  at: Instant,
): TimelineEntry[] {
  if (!routes.some((route) => route.send)) {
    const message =
      context.channels.length === 0
        ? 'Nobody was told: the project has no channel yet.'
        : 'Nobody was told: no channel takes this.'
    return [{ at, kind: 'not_told', message, details: { routes: routes.map(({ reason }) => reason) } }]
  }
  return routes
    .filter((route) => !route.send)
    .map(({ reason, code, channelId }) => ({ at, kind: 'not_told', message: reason, details: { code, channelId } }))
}

function severityOf({ mass, monitor }: ComposeRequest): Severity {
  return mass?.severity ?? monitor.severity
}

function composeData(request: ComposeRequest, toldTo: string[]): MessageData {
  const { context, monitor, incident, mass, baseUrl } = request
  const { project, lastDeployment } = context
  const home = `${baseUrl}/${project.slug}`
  return {
    project: { slug: project.slug, name: project.name, timeZone: project.timeZone, locale: project.locale },
    incident: incident && {
      id: incident.id,
      // Given by the store, which counts them.
      number: 0,
      severity: severityOf(request),
      priority: priorityOf(severityOf(request)),
      status: 'triggered',
      title: incident.title,
      startedAt: toIso(request.startedAt),
      acknowledgedAt: null,
      resolvedAt: null,
      reason: request.reason,
      url: `${home}/incidents/${incident.id}`,
      flapping: incident.flapping,
    },
    monitor: {
      key: monitor.key,
      name: monitor.name,
      url: targetOf(monitor),
      state: request.state,
      kind: monitor.kind,
      pageUrl: `${home}/monitors/${monitor.key}`,
      runbookUrl: monitor.runbookUrl,
    },
    alsoAffected: (mass?.affected ?? []).flatMap(({ key, name }) => (key === monitor.key ? [] : [{ key, name }])),
    ...(mass === null ? {} : { monitorsTotal: mass.monitorsTotal }),
    evidence: request.evidence,
    toldTo,
    lastDeployment: lastDeployment && { at: toIso(lastDeployment.at), name: lastDeployment.name },
  }
}
