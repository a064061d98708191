import type { Instant } from '../domain/time/instant.ts'
import type { AcknowledgeLinkStore, AcknowledgeVerifier, LinkedIncident } from '../ports/acknowledge-link.ts'

/** What a link from a message leads to. `invalid` covers a cut or altered address: the two cannot be told apart by whoever holds it. */
export type AcknowledgeLink =
  | { state: 'invalid' }
  | { state: 'expired' }
  | { state: 'gone' }
  | { state: 'found'; incident: LinkedIncident }

/** Reads what a link stands for and changes nothing: mail scanners and previews open links before people do. */
export async function readAcknowledgeLink(
  deps: { verifier: AcknowledgeVerifier; store: AcknowledgeLinkStore },
  token: string,
  now: Instant,
): Promise<AcknowledgeLink> {
  const claim = deps.verifier.verify(token, now)
  if ('error' in claim) return { state: claim.error === 'expired' ? 'expired' : 'invalid' }
  const incident = await deps.store.find(claim.incidentId, claim.channelId)
  return incident === null ? { state: 'gone' } : { state: 'found', incident }
}
