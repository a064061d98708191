import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)
const KEY_BYTES = 32
/**
 * PostgreSQL uses 4,096. The server chooses the number, and a hostile one would choose two billion to keep a core busy;
 * this many still take well under a second.
 */
const MAX_ITERATIONS = 500_000

/** `md5` + md5(md5(password + user) + salt): still met on servers older than PostgreSQL 14. */
export function md5Response(user: string, password: string, salt: Buffer): string {
  const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex')
  return `md5${md5(Buffer.concat([Buffer.from(md5(password + user)), salt]))}`
}

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. `answer` and `confirms` take the server's messages; null and
 * false mean that the server does not follow the protocol or does not know the password itself.
 */
export class ScramClient {
  readonly #nonce = randomBytes(18).toString('base64')
  readonly #password: string
  #serverSignature: Buffer | null = null
  #isAnswered = false

  constructor(password: string) {
    // SASLprep (RFC 4013) comes down to NFKC for every password that has no exotic spaces or control characters.
    this.#password = password.normalize('NFKC')
  }

  /** Client-first-message; PostgreSQL takes the user from the start-up message and ignores the one here. */
  get opening(): string {
    return `n,,${this.#openingBare}`
  }

  get #openingBare(): string {
    return `n=,r=${this.#nonce}`
  }

  async answer(serverFirst: string): Promise<string | null> {
    const { r: nonce, s: salt, i: iterations } = parseAttributes(serverFirst)
    const count = Number(iterations)
    if (nonce === undefined || salt === undefined || !nonce.startsWith(this.#nonce) || nonce === this.#nonce)
      return null
    // One derivation per probe: a server that asks again and again would keep the pool threads busy.
    if (this.#isAnswered) return null
    this.#isAnswered = true
    if (!Number.isInteger(count) || count < 1 || count > MAX_ITERATIONS) return null
    const salted = await derive(this.#password, Buffer.from(salt, 'base64'), count, KEY_BYTES, 'sha256')
    const clientKey = hmac(salted, 'Client Key')
    const finalBare = `c=biws,r=${nonce}`
    const transcript = `${this.#openingBare},${serverFirst},${finalBare}`
    this.#serverSignature = hmac(hmac(salted, 'Server Key'), transcript)
    const signature = hmac(createHash('sha256').update(clientKey).digest(), transcript)
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
    return `${finalBare},p=${Buffer.from(proof).toString('base64')}`
  }

  /** Whether the server proved that it knows the password too. */
  confirms(serverFinal: string): boolean {
    const theirs = Buffer.from(parseAttributes(serverFinal).v ?? '', 'base64')
    const ours = this.#serverSignature
    return ours !== null && theirs.length === ours.length && timingSafeEqual(theirs, ours)
  }
}

function parseAttributes(message: string): Partial<Record<string, string>> {
  return Object.fromEntries(message.split(',').map((part) => [part.charAt(0), part.slice(2)]))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
