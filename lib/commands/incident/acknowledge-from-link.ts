import type { Instant } from '../../domain/time/instant.ts'
import type { AcknowledgeLinkStore, AcknowledgeVerifier } from '../../ports/acknowledge-link.ts'
import type { ChangedIncident } from '../../ports/incident-commands.ts'

export type LinkAcknowledgement =
  | { ok: true; incident: ChangedIncident }
  | { ok: false; reason: 'invalid' | 'expired' | 'gone' }

/**
 * Acknowledges in the name of the channel that the link was sent to. The token is checked here once more, in the request that changes
 * something. Repeating it changes nothing and says who was first.
 */
export async function acknowledgeFromLink(
  deps: { verifier: AcknowledgeVerifier; store: AcknowledgeLinkStore },
  token: string,
  now: Instant,
): Promise<LinkAcknowledgement> {
  const claim = deps.verifier.verify(token, now)
  if ('error' in claim) return { ok: false, reason: claim.error === 'expired' ? 'expired' : 'invalid' }
  if ((await deps.store.find(claim.incidentId, claim.channelId)) === null) return { ok: false, reason: 'gone' }
  return { ok: true, incident: await deps.store.acknowledge(claim.incidentId, claim.channelId) }
}
