import { createHmac } from 'node:crypto'

/**
 * Makes of an address and a browser something that tells neither: an HMAC under the installation's secret, so that nobody without it can
 * try all addresses. The database salts it once more with what is deleted at the end of the day and the week.
 */
export function createVisitorHash(secretKey: string): (parts: readonly string[]) => string {
  return (parts) =>
    createHmac('sha256', secretKey)
      .update(JSON.stringify(['visitor', ...parts]))
      .digest('hex')
}
