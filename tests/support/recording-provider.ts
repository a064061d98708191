import type { DeliveryResult } from '../../lib/domain/delivery/result.ts'
import type { NotificationKind } from '../../lib/domain/notification/message.ts'
import type { Instant } from '../../lib/domain/time/instant.ts'
import type { ChannelSender } from '../../lib/ports/channel.ts'
import type { Clock } from '../../lib/ports/clock.ts'

export interface Sent {
  at: Instant
  id: string
  kind: NotificationKind
  channel: string
  monitor: string | null
  incidentNumber: number | null
  reason: string | null
  data: unknown
}

export interface RecordingProvider extends ChannelSender {
  /** What reached people: a repetition with the same id is answered, but arrives once, as with an idempotency key. */
  received: Sent[]
  /** Every request, repetitions and refused ones too. */
  requests: Sent[]
  /** Answers of a channel (by name) from now on; null or no answer: it takes everything. */
  answer(channel: string, result: DeliveryResult | ((sent: Sent) => DeliveryResult | null) | null): void
  /** `incident.triggered ops` … in the order of arrival. */
  told(): string[]
}

export const AWAY: DeliveryResult = {
  outcome: 'retry',
  detail: 'the receiver answered 503',
  statusCode: 503,
  retryAfterMs: null,
  uncertain: false,
}
export const REFUSED: DeliveryResult = { outcome: 'rejected', detail: 'the receiver answered 400', statusCode: 400 }
export const GONE: DeliveryResult = { outcome: 'gone', detail: 'the receiver answered 410', statusCode: 410 }

const LATENCY_MS = 20

/** Stands for every provider at once. Keeps what arrived, by notification id. */
export function createRecordingProvider(clock: Clock): RecordingProvider {
  const answers = new Map<string, (sent: Sent) => DeliveryResult | null>()
  const received: Sent[] = []
  const requests: Sent[] = []
  return {
    received,
    requests,
    answer(channel, result) {
      answers.set(channel, typeof result === 'function' ? result : () => result)
    },
    told: () => received.map(({ kind, channel }) => `${kind} ${channel}`),
    async send(message, to) {
      const { data } = message
      const sent: Sent = {
        at: clock.now(),
        id: message.notificationId,
        kind: message.kind,
        channel: to.name,
        monitor: data.monitor?.key ?? null,
        incidentNumber: data.incident?.number ?? null,
        reason: data.incident?.reason ?? null,
        data,
      }
      requests.push(sent)
      const refusal = answers.get(to.name)?.(sent) ?? null
      await clock.sleep(LATENCY_MS)
      if (refusal !== null) return refusal
      if (!received.some(({ id }) => id === sent.id)) received.push(sent)
      return { outcome: 'delivered', detail: 'taken', providerId: `provider-${sent.id}`, viaOutbox: false }
    },
  }
}
