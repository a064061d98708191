import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets of one local installation, made once. */
export interface StackKeys {
  postgresPassword: string
  jwtSecret: string
  publishableKey: string
  secretKey: string
  cronSecret: string
  /** 32 bytes in base64: the default of VIGIE_SECRET_KEY. Losing it loses every stored channel secret. */
  vigieSecretKey: string
}

/** Reads `keys.json` of the data directory, or makes it, readable by its owner only. */
export function loadStackKeys(directory: string): StackKeys {
  const path = join(directory, 'keys.json')
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as StackKeys) : null
  if (kept) return kept
  const made: StackKeys = {
    postgresPassword: randomBytes(24).toString('base64url'),
    jwtSecret: randomBytes(32).toString('base64url'),
    publishableKey: `sb_publishable_${randomBytes(18).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    cronSecret: randomBytes(24).toString('base64url'),
    vigieSecretKey: randomBytes(32).toString('base64'),
  }
  // Whole or not at all: half a file after a power cut would lock the owner out of the data.
  writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return made
}
