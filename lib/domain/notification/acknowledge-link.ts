import { type Instant, SECOND } from '../time/instant.ts'

/** What an acknowledge link stands for: this incident, told to this channel, until then. */
export interface AcknowledgeClaim {
  /** UUID, as Postgres makes it. */
  incidentId: string
  /** UUID; the timeline says from which channel the acknowledgement came. */
  channelId: string
  /** Whole seconds survive encoding; the rest is dropped. */
  expiresAt: Instant
}

/** Version, two UUIDs, seconds since the epoch as 32 bits (until 2106). */
export const CLAIM_BYTES = 1 + 16 + 16 + 4
const VERSION = 1
const MAX_SECONDS = 0xffff_ffff

/**
 * Packs a claim into 37 bytes. JSON in base64 would take five times that, and the link has to fit into one SMS segment beside a
 * sentence. Throws when an id is no UUID or the instant does not fit: both are bugs of the caller.
 */
export function encodeClaim(claim: AcknowledgeClaim): Uint8Array {
  const seconds = Math.floor(claim.expiresAt / SECOND)
  if (!(seconds >= 0 && seconds <= MAX_SECONDS)) throw new Error(`not an expiry: ${claim.expiresAt}`)
  const bytes = new Uint8Array(CLAIM_BYTES)
  bytes[0] = VERSION
  bytes.set(uuidToBytes(claim.incidentId), 1)
  bytes.set(uuidToBytes(claim.channelId), 17)
  new DataView(bytes.buffer).setUint32(33, seconds)
  return bytes
}

/** Unpacks a claim; null when the bytes are none. */
export function decodeClaim(bytes: Uint8Array): AcknowledgeClaim | null {
  if (bytes.length !== CLAIM_BYTES || bytes[0] !== VERSION) return null
  const seconds = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(33)
  return {
    incidentId: bytesToUuid(bytes.subarray(1, 17)),
    channelId: bytesToUuid(bytes.subarray(17, 33)),
    expiresAt: seconds * SECOND,
  }
}

function uuidToBytes(uuid: string): Uint8Array {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new Error(`not a UUID: ${uuid}`)
  const hex = uuid.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))
}

function bytesToUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
