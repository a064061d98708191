import { createHash } from 'node:crypto'

/** SHA-256, hex: what the database keeps of an API key. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
