import { describeDelivery } from '../domain/delivery/describe.ts'
import { chooseFallback } from '../domain/delivery/fallback.ts'
import { decideNextAttempt } from '../domain/delivery/next.ts'
import type { DeliveryResult } from '../domain/delivery/result.ts'
import { type ChannelSecrets, channelSecretsSchema } from '../domain/notification/channel.ts'
import type { OutgoingMessage } from '../domain/notification/message.ts'
import { DAY, type Instant, toIso } from '../domain/time/instant.ts'
import type { ChannelSender } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { NotificationClaim, PipelineStore } from '../ports/store.ts'

export interface DeliverDeps {
  store: PipelineStore
  clock: Clock
  random: Random
  log: Log
  sender: ChannelSender
  secretBox: SecretBox
  /** Signed, deterministic address that acknowledges an incident; the same for every repetition of a delivery. */
  acknowledgeUrl: (incidentId: string, channelId: string, expiresAt: Instant) => string
}

export interface DeliverCounts {
  delivered: number
  failed: number
  /** When the next one that is waiting becomes due. */
  nextAttemptAt: Instant | null
}

/** Sent side by side, so that one slow provider does not hold up the others. */
const BATCH = 20
/** An acknowledge link outlives the night it was sent in, and no more than a week. */
const LINK_VALID_MS = 7 * DAY

/** Delivers what the outbox holds until nothing is due. Safe to run several times at once: each notification is leased. */
export async function deliver(deps: DeliverDeps): Promise<DeliverCounts> {
  const counts: DeliverCounts = { delivered: 0, failed: 0, nextAttemptAt: null }
  for (;;) {
    const { claims, nextAttemptAt } = await deps.store.claimNotifications(BATCH)
    counts.nextAttemptAt = nextAttemptAt
    if (claims.length === 0) return counts
    // All of them end before one that could not be noted fails the pass: their leases would run out otherwise.
    const outcomes = await Promise.allSettled(claims.map((claim) => deliverOne(deps, claim)))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason
      if (outcome.value) counts.delivered += 1
      else counts.failed += 1
    }
  }
}

async function deliverOne(deps: DeliverDeps, claim: NotificationClaim): Promise<boolean> {
  const { channel } = claim
  const result = await sendOne(deps, claim)
  const now = deps.clock.now()
  const next = decideNextAttempt({
    result,
    attempt: claim.attempt,
    createdAt: claim.createdAt,
    now,
    chance: deps.random.next(),
  })
  const fallback = chooseFallback(claim.kind, channel, claim.attempt, next, claim.spareChannels)
  const timeline = describeDelivery(claim.kind, channel.name, result, next)
  const kept = await deps.store.finishDelivery({ id: claim.id, token: claim.token, result, next, timeline, fallback })
  const fields = {
    notificationId: claim.id,
    channel: channel.key,
    kind: claim.kind,
    attempt: claim.attempt,
    next: next.kind,
  }
  if (result.outcome === 'delivered') deps.log.info('delivery.delivered', { ...fields, kept })
  else deps.log.warn('delivery.failed', { ...fields, kept, detail: result.detail })
  return result.outcome === 'delivered'
}

/** One message that cannot be sent, for whatever reason, must not hold up the others: it fails by itself, visibly. */
async function sendOne(deps: DeliverDeps, claim: NotificationClaim): Promise<DeliveryResult> {
  const { channel } = claim
  const secrets = openSecrets(deps, claim)
  if (secrets === null) {
    const detail = 'the secrets of the channel cannot be read with the present VIGIE_SECRET_KEY; enter them again'
    return { outcome: 'rejected', detail, statusCode: null }
  }
  const target = { id: channel.id, projectId: channel.projectId, name: channel.name, target: channel, secrets }
  try {
    return await deps.sender.send(toMessage(deps, claim), target)
  } catch (error) {
    deps.log.error('delivery.broken', { notificationId: claim.id, channel: channel.key, error: String(error) })
    // Not knowing how far it came, a duplicate is preferred to a loss.
    const detail = 'sending failed inside Vigie; its log has the details'
    return { outcome: 'retry', detail, statusCode: null, retryAfterMs: null, uncertain: true }
  }
}

function openSecrets({ secretBox, log }: DeliverDeps, claim: NotificationClaim): ChannelSecrets | null {
  if (claim.secretCiphertext === null) return {}
  try {
    return channelSecretsSchema.parse(secretBox.open(claim.secretCiphertext))
  } catch (error) {
    log.error('delivery.unreadable_secret', { channel: claim.channel.key, error: String(error) })
    return null
  }
}

function toMessage(deps: DeliverDeps, claim: NotificationClaim): OutgoingMessage {
  const { incident } = claim.payload
  const canAcknowledge = claim.kind === 'incident.triggered' && incident !== null
  // Counted from the decision, not from now: every repetition carries the same bytes.
  const expiresAt = claim.createdAt + LINK_VALID_MS
  return {
    notificationId: claim.id,
    kind: claim.kind,
    timestamp: toIso(claim.createdAt),
    data: claim.payload,
    acknowledgeUrl: canAcknowledge ? deps.acknowledgeUrl(incident.id, claim.channel.id, expiresAt) : null,
  }
}
