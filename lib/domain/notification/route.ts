import { isAtLeast, type Priority, priorityOf, type Severity } from '../monitor/severity.ts'
import type { Channel, ChannelKind } from './channel.ts'
import type { NotificationKind } from './message.ts'

/** Why a channel is told or not, for programs; `reason` says the same to people. */
export type RouteCode =
  | 'test'
  | 'disabled'
  | 'missing'
  | 'was_told'
  | 'was_not_told'
  | 'not_listed'
  | 'listed'
  | 'severe_enough'
  | 'not_severe_enough'
  | 'sms_critical_only'
  | 'routed'
  | 'not_routed'

export interface RouteDecision {
  channelId: string
  send: boolean
  code: RouteCode
  /** One English sentence, kept with the incident. */
  reason: string
}

export interface RouteRequest {
  kind: NotificationKind
  severity: Severity
  /** Every channel of the project, disabled ones too. */
  channels: readonly Pick<Channel, 'id' | 'name' | 'kind' | 'enabled' | 'disabledReason' | 'minSeverity'>[]
  /** The own `notify` list of the monitor or rule; empty when it has none. */
  notifyChannelIds: readonly string[]
  /** Whose list that is; a monitor's unless said otherwise. */
  subject?: 'monitor' | 'rule' | undefined
  /**
   * Channels that were told that this episode began. For its acknowledgement, resolution or recovery they alone are told, whatever
   * changed in between: nobody is left with an open alarm, and nobody hears the end of something that they never heard of.
   */
  toldChannelIds?: readonly string[] | undefined
}

/** Severity → kinds of channel, as the guides route them. P3 belongs into a daily digest, which is not sent yet: until then, mail. */
const GUIDE_ROUTES: Record<Priority, readonly ChannelKind[]> = {
  P0: ['sms', 'slack', 'email', 'webhook'],
  P1: ['slack', 'email', 'webhook'],
  P2: ['email', 'webhook'],
  P3: ['email', 'webhook'],
}
const KIND_NAMES: Record<ChannelKind, string> = { sms: 'SMS', slack: 'Slack', email: 'e-mail', webhook: 'webhooks' }
const FOLLOW_UPS: readonly NotificationKind[] = [
  'incident.acknowledged',
  'incident.resolved',
  'monitor.recovered',
  'alert.resolved',
]

/** Decides for each channel of a project whether one event goes to it. Order follows `channels`; then listed channels that no longer exist. */
export function decideRecipients(request: RouteRequest): RouteDecision[] {
  const known = new Set(request.channels.map(({ id }) => id))
  const missing = request.notifyChannelIds.filter((id) => !known.has(id))
  return [
    ...request.channels.map((channel) => decideChannel(channel, request)),
    ...missing.map((id) =>
      decision(id, false, 'missing', `The ${subjectOf(request)} lists this channel, but it no longer exists.`),
    ),
  ]
}

function decideChannel(channel: RouteRequest['channels'][number], request: RouteRequest): RouteDecision {
  const { kind, notifyChannelIds, toldChannelIds } = request
  const say = (send: boolean, code: RouteCode, reason: string) => decision(channel.id, send, code, reason)
  // A test is how one finds out whether a channel that was switched off works again.
  if (kind === 'test') return say(true, 'test', 'A test goes to the channel that is tested.')
  if (!channel.enabled)
    return say(false, 'disabled', `${channel.name} is switched off${because(channel.disabledReason)}.`)
  if (FOLLOW_UPS.includes(kind) && toldChannelIds !== undefined) {
    return toldChannelIds.includes(channel.id)
      ? say(true, 'was_told', `${channel.name} was told that it began.`)
      : say(false, 'was_not_told', `${channel.name} was not told that it began.`)
  }
  const listed = notifyChannelIds.includes(channel.id)
  if (notifyChannelIds.length > 0 && !listed) {
    return say(false, 'not_listed', `${channel.name} is not among the channels that the ${subjectOf(request)} lists.`)
  }
  return decideBySeverity(channel, limitSeverity(request), listed ? subjectOf(request) : null)
}

/** Slow is not down: the guides send a degradation as P1 at most, so it wakes nobody by SMS. */
function limitSeverity({ kind, severity }: RouteRequest): Severity {
  const isDegradation = kind === 'monitor.degraded' || kind === 'monitor.recovered'
  return isDegradation && severity === 'critical' ? 'high' : severity
}

function decideBySeverity(
  channel: RouteRequest['channels'][number],
  severity: Severity,
  listedBy: 'monitor' | 'rule' | null,
): RouteDecision {
  const { id, name, minSeverity } = channel
  if (minSeverity !== null) {
    return isAtLeast(severity, minSeverity)
      ? decision(id, true, 'severe_enough', `${name} takes ${minSeverity} and worse, and this is ${severity}.`)
      : decision(
          id,
          false,
          'not_severe_enough',
          `${name} takes ${minSeverity} and worse, but this is only ${severity}.`,
        )
  }
  if (channel.kind === 'sms' && severity !== 'critical') {
    const reason = `SMS is kept for critical unless ${name} is given a lower severity; this is ${severity}.`
    return decision(id, false, 'sms_critical_only', reason)
  }
  if (listedBy !== null) return decision(id, true, 'listed', `The ${listedBy} lists ${name}.`)
  const priority = priorityOf(severity)
  const route = GUIDE_ROUTES[priority]
  const routeNames = route.map((kind) => KIND_NAMES[kind]).join(', ')
  const digest = priority === 'P3' ? ' (until there is a daily digest)' : ''
  return route.includes(channel.kind)
    ? decision(id, true, 'routed', `${priority} goes to ${routeNames}${digest}.`)
    : decision(
        id,
        false,
        'not_routed',
        `${priority} goes to ${routeNames}${digest}, not to ${KIND_NAMES[channel.kind]}.`,
      )
}

function subjectOf({ subject }: RouteRequest): 'monitor' | 'rule' {
  return subject ?? 'monitor'
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${reason.replace(/\.$/, '')}`
}

function decision(channelId: string, send: boolean, code: RouteCode, reason: string): RouteDecision {
  return { channelId, send, code, reason }
}
