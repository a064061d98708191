import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const committed = readFileSync(join(ROOT, 'public/vitals.js'))

test('public/vitals.js is what `npm run build:vitals` builds of its source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-'))
  try {
    const file = join(folder, 'vitals.js')
    execFileSync('npm', ['run', '--silent', 'build:vitals', '--', '--log-level=error', `--outfile=${file}`], {
      cwd: ROOT,
    })
    expect(readFileSync(file, 'utf8')).toBe(committed.toString())
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('it weighs at most 5 KB when it is packed', () => {
  expect(gzipSync(committed, { level: 9 }).length).toBeLessThanOrEqual(5 * 1_024)
})

test('it sets no cookie and stores nothing', () => {
  expect(committed.toString()).not.toMatch(/cookie|localStorage|sessionStorage|indexedDB|caches\b/i)
})
