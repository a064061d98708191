import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
})

/** An empty directory, removed after the test file. Others may pass through it, as the user of Postgres must. */
export function temporaryDirectory(mode = 0o711): string {
  const path = mkdtempSync(join(tmpdir(), 'vigie-tests-'))
  made.push(path)
  chmodSync(path, mode)
  return path
}
