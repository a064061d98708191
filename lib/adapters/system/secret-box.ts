import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { SecretBox } from '../../ports/secret-box.ts'

const VERSION = 'v1'
/** NIST SP 800-38D: a random 96-bit nonce is safe for 2^32 messages under one key. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM under a key derived from VIGIE_SECRET_KEY. The version stands in front and is authenticated, so that a later scheme can
 * be told from this one.
 */
export function createSecretBox(secretKey: string): SecretBox {
  const key = createHash('sha256').update(`vigie secret box\n${secretKey}`).digest()
  return {
    seal(value) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(VERSION))
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return `${VERSION}.${Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')}`
    },
    open(ciphertext) {
      const [version, body] = ciphertext.split('.')
      if (version !== VERSION || body === undefined) throw new Error('not a sealed secret of this version')
      const bytes = Buffer.from(body, 'base64url')
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(bytes.length - TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(VERSION)).setAuthTag(tag)
      const opened = Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
        decipher.final(),
      ])
      return JSON.parse(opened.toString('utf8'))
    },
  }
}
