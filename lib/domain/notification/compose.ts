import type { Monitor } from '../monitor/monitor.ts'
import { targetOf } from '../monitor/monitor.ts'
import { priorityOf, type Severity } from '../monitor/severity.ts'
import { type Instant, toIso } from '../time/instant.ts'
import type { DecisionContext, MassFailure } from './decision-context.ts'
import type { Evidence, MessageData } from './message.ts'
import { decideRecipients, type RouteDecision } from './route.ts'
import type { RuleMessage } from './rule-message.ts'
import type { NewNotification, TimelineEntry } from './settlement.ts'

export interface ComposeRequest {
  kind: 'incident.triggered' | 'monitor.degraded' | 'alert.firing'
  /** What it is about: a monitor, or a rule with the severity of its level. */
  monitor: Monitor | null
  rule?: { message: RuleMessage; severity: Severity } | undefined
  context: TellingContext
  /** Of the monitor. */
  state: 'down' | 'degraded'
  reason: string
  startedAt: Instant
  evidence: Evidence[]
  incident: { id: string; title: string; episode: number; flapping: boolean } | null
  /** Id of the incident or of the alert: first part of every dedupe key. */
  subjectId: string
  mass: MassFailure | null
  /** Tells a further message of the same kind and episode from the one before it: a repetition that was asked for. */
  repetition?: number | string | undefined
  baseUrl: string
  newId: () => string
}

/** Who there is to tell, and what every message says. */
export type TellingContext = Pick<DecisionContext, 'project' | 'channels' | 'notifyChannelIds' | 'lastDeployment'>

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
    subject: request.rule === undefined ? 'monitor' : 'rule',
  })
  const told = routes.filter((route) => route.send)
  const names = told.flatMap(({ channelId }) => context.channels.find(({ id }) => id === channelId)?.name ?? [])
  const payload = composeData(request, names)
  const episode = request.incident?.episode ?? 0
  const again = request.repetition === undefined ? [] : [request.repetition]
  const notifications = told.map(({ channelId, reason }) => ({
    id: request.newId(),
    channelId,
    kind,
    episode,
    dedupeKey: [request.subjectId, episode, channelId, kind, ...again].join(':'),
    reason,
    payload,
  }))
  return { notifications, routes }
}

/** Timeline lines that say who was told and who was not, and why. */
export function explainRoutes(
  routes: readonly RouteDecision[],
  context: Pick<TellingContext, 'channels'>,
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

function severityOf({ mass, monitor, rule }: ComposeRequest): Severity {
  const severity = mass?.severity ?? rule?.severity ?? monitor?.severity
  if (severity === undefined) throw new Error('a message is about a monitor or about a rule')
  return severity
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
    monitor: monitor && {
      key: monitor.key,
      name: monitor.name,
      url: targetOf(monitor),
      state: request.state,
      kind: monitor.kind,
      pageUrl: `${home}/monitors/${monitor.key}`,
      runbookUrl: monitor.runbookUrl,
    },
    alsoAffected: (mass?.affected ?? []).flatMap(({ key, name }) => (key === monitor?.key ? [] : [{ key, name }])),
    ...(mass === null ? {} : { monitorsTotal: mass.monitorsTotal }),
    ...(request.rule === undefined ? {} : { rule: request.rule.message }),
    evidence: request.evidence,
    toldTo,
    lastDeployment: lastDeployment && { at: toIso(lastDeployment.at), name: lastDeployment.name },
  }
}
