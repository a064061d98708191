import { randomBytes } from 'node:crypto'

/** 256 random bits, in letters that stand in an address as they are. */
export function mintSecret(): string {
  return randomBytes(32).toString('base64url')
}
