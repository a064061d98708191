import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'demo-key'

/** A key for the demo application on the same machine. */
export function makeDemoKey(): string {
  return `vg_demo_${randomBytes(24).toString('base64url')}`
}

/** Leaves it where the demo looks for it, readable by its owner only. */
export function keepDemoKey(dataDirectory: string, key: string): void {
  writeFileSync(join(dataDirectory, FILE), key, { mode: 0o600 })
}

/** Null where no local installation has made one. */
export function readDemoKey(dataDirectory: string): string | null {
  const path = join(dataDirectory, FILE)
  const key = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  return key === '' ? null : key
}

const SITE_FILE = 'demo-site'

/** Leaves the public key of the project's pages beside it, anew at each start: it may have been replaced. */
export function keepDemoSite(dataDirectory: string, siteKey: string): void {
  writeFileSync(join(dataDirectory, SITE_FILE), siteKey)
}

/** Null where no local installation has left one. */
export function readDemoSite(dataDirectory: string): string | null {
  const path = join(dataDirectory, SITE_FILE)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}
