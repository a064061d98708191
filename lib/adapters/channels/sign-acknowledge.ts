import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type AcknowledgeClaim,
  CLAIM_BYTES,
  decodeClaim,
  encodeClaim,
} from '../../domain/notification/acknowledge-link.ts'
import type { Instant } from '../../domain/time/instant.ts'

/** Half of SHA-256's output, the least that RFC 2104 §5 allows: 128 bits cannot be guessed, and the link stays short enough for an SMS. */
const TAG_BYTES = 16
/** Keeps a tag made here from being valid for anything else that is signed with the same key. */
const PURPOSE = 'vigie.acknowledge.v1\n'

export type AcknowledgeError = 'malformed' | 'wrong_signature' | 'expired'

export interface AcknowledgeSigner {
  /** URL-safe token of 71 characters. The same input gives the same token, so that a repeated message is the same bytes. */
  sign(incidentId: string, channelId: string, expiresAt: Instant): string
  /** `expired` is told only of a token whose signature holds. */
  verify(token: string, now: Instant): AcknowledgeClaim | { error: AcknowledgeError }
}

/** Makes and checks the tokens of acknowledge links. Throws when the key is too short to be one. */
export function createAcknowledgeSigner(secretKey: string): AcknowledgeSigner {
  if (secretKey.length < 16)
    throw new Error('The key that signs acknowledge links must be at least 16 characters long.')
  const tagOf = (payload: Uint8Array) =>
    createHmac('sha256', secretKey).update(PURPOSE).update(payload).digest().subarray(0, TAG_BYTES)
  return {
    sign(incidentId, channelId, expiresAt) {
      const payload = encodeClaim({ incidentId, channelId, expiresAt })
      return Buffer.concat([payload, tagOf(payload)]).toString('base64url')
    },
    verify(token, now) {
      const bytes = Buffer.from(token, 'base64url')
      // Node ignores what is not base64url: only the one canonical spelling of a token may pass.
      if (bytes.length !== CLAIM_BYTES + TAG_BYTES || bytes.toString('base64url') !== token)
        return { error: 'malformed' }
      const payload = bytes.subarray(0, CLAIM_BYTES)
      if (!timingSafeEqual(bytes.subarray(CLAIM_BYTES), tagOf(payload))) return { error: 'wrong_signature' }
      const claim = decodeClaim(payload)
      if (claim === null) return { error: 'malformed' }
      return now >= claim.expiresAt ? { error: 'expired' } : claim
    },
  }
}
