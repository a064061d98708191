import type { NotificationKind } from '../notification/message.ts'
import type { NextAttempt } from './next.ts'
import type { DeliveryResult } from './result.ts'

const TOLD: Record<NotificationKind, string> = {
  'incident.triggered': 'told that it began',
  'incident.acknowledged': 'told that it was acknowledged',
  'incident.resolved': 'told that it is over',
  'monitor.degraded': 'told of the degradation',
  'monitor.recovered': 'told of the recovery',
  'alert.firing': 'told of the warning',
  'alert.resolved': 'told that the warning is over',
  test: 'tested',
  'kpi.digest': 'sent the daily KPIs',
}

/** One English sentence about a delivery, for the incident's timeline. */
export function describeDelivery(
  kind: NotificationKind,
  channelName: string,
  result: DeliveryResult,
  next: NextAttempt,
): string {
  if (result.outcome === 'delivered') {
    const where = result.viaOutbox ? ' (kept in the local outbox)' : ''
    return `${channelName} was ${TOLD[kind]}${where}.`
  }
  switch (next.kind) {
    case 'retry':
      return `${channelName} could not be reached yet: ${result.detail}.`
    case 'disable_channel':
      return `${channelName} was switched off: ${result.detail}.`
    default:
      return `${channelName} could not be ${TOLD[kind]}: ${result.detail}.`
  }
}
