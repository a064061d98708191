import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareDataDirectory } from '../../lib/local/data-directory.ts'
import { findClosedDirectory } from '../../lib/local/database/postgres-account.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const isRoot = process.getuid?.() === 0

test('the directory is made where it was wanted, to be passed through and not read by others', () => {
  const path = join(temporaryDirectory(0o755), 'a/b')
  expect(prepareDataDirectory(path, true)).toEqual({ ok: true, path, notice: null })
  expect(statSync(path).mode & 0o777).toBe(0o711)
})

test('the directory that is closed to another account is found, also above what does not exist yet', () => {
  const path = temporaryDirectory(0o700)
  const stranger = { name: 'postgres', uid: 12_345, gid: 12_345 }
  expect(findClosedDirectory(join(path, 'not/there/yet'), stranger)).toBe(path)
  expect(findClosedDirectory(temporaryDirectory(0o711), stranger)).toBeNull()
  expect(findClosedDirectory(path, null)).toBeNull()
})

test.runIf(isRoot)('as root, a chosen place that Postgres cannot reach is refused with what to do', () => {
  const path = temporaryDirectory(0o700)
  const result = prepareDataDirectory(join(path, 'data'), true)
  expect(result).toMatchObject({ ok: false, message: expect.stringContaining(`${path} is closed to other users`) })
})

test.runIf(isRoot)('as root, a place that was not chosen moves to one that Postgres can reach, and says so', () => {
  const path = temporaryDirectory(0o700)
  mkdirSync(join(path, 'project'))
  const result = prepareDataDirectory(join(path, 'project/.vigie'), false)
  if (result.ok) rmSync(result.path, { recursive: true })
  expect(result).toMatchObject({
    ok: true,
    path: expect.stringMatching(/^\/var\/tmp\/vigie-[0-9a-f]{12}$/),
    notice: expect.stringContaining('Set VIGIE_DATA_DIR to choose another place'),
  })
})
