import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

type Verdict = 'right' | 'missing' | 'wrong'

/** Judges a hex HMAC over the body. `prefix` stands before it in the header, as in `sha256=…`. */
export function judgeHmac(
  algorithm: 'sha1' | 'sha256',
  { text, secret, given, prefix = '' }: { text: string; secret: string; given: string | null; prefix?: string },
): Verdict {
  if (given === null || given === '') return 'missing'
  const right = createHmac(algorithm, secret).update(text, 'utf8').digest('hex')
  return isSameText(given, `${prefix}${right}`) ? 'right' : 'wrong'
}

/** Judges a secret that is sent as it is. */
export function judgeSecret(given: string, secret: string): Verdict {
  if (given === '') return 'missing'
  return isSameText(given, secret) ? 'right' : 'wrong'
}

/** Compared as hashes: of one length whatever was sent, and in a time that tells nothing about the secret. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
