import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether Vercel signed one of these bodies with the secret: hex of HMAC-SHA1 in `x-vercel-signature`
 * (https://vercel.com/docs/drains/security). Compared in a time that tells nothing about the right one. Several bodies, because Vercel does
 * not say whether a packed body is signed as it was before or after packing.
 */
export function isSignedByVercel(secret: string, signature: string, bodies: readonly Uint8Array[]): boolean {
  if (!/^[0-9a-f]{40}$/i.test(signature)) return false
  const given = Buffer.from(signature, 'hex')
  return bodies.some((body) => timingSafeEqual(createHmac('sha1', secret).update(body).digest(), given))
}
