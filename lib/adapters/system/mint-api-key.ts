import { randomBytes } from 'node:crypto'
import { hashApiKey } from './hash-api-key.ts'

/** Characters shown in lists: the fixed part, and enough after it to tell keys apart without helping to guess one. */
const PREFIX_LENGTH = 12

/** A new key of 256 random bits, with what is kept of it. */
export function mintApiKey(): { key: string; prefix: string; hash: string } {
  const key = `vigie_${randomBytes(32).toString('base64url')}`
  return { key, prefix: key.slice(0, PREFIX_LENGTH), hash: hashApiKey(key) }
}
