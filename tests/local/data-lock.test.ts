import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { acquireDataLock } from '../../lib/local/data-lock.ts'
import { readProcessStart } from '../../lib/local/process-identity.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** A living process that is not us. */
function bystander(): { child: ChildProcess; pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  started.push(child)
  return { child, pid: child.pid ?? 0 }
}

function directory(lock?: Record<string, unknown>): string {
  const path = temporaryDirectory()
  if (lock) writeFileSync(join(path, 'lock'), JSON.stringify({ token: 'theirs', ...lock }))
  return path
}

test('a free directory is taken, and is free again after the release', async () => {
  const path = directory()
  const first = await acquireDataLock(path)
  expect(first.ok).toBe(true)
  if (first.ok) first.lock.release()
  expect(existsSync(join(path, 'lock'))).toBe(false)
  expect((await acquireDataLock(path)).ok).toBe(true)
})

test('the directory of a running process is refused, naming it', async () => {
  const { pid } = bystander()
  const path = directory({ pid, processStart: readProcessStart(pid) })
  expect(await acquireDataLock(path)).toEqual({ ok: false, holderPid: pid })
})

test('the lock of a process that was killed is taken over', async () => {
  const { child, pid } = bystander()
  const processStart = readProcessStart(pid)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await acquireDataLock(directory({ pid, processStart }))).ok).toBe(true)
})

test('a later process with the same id is not taken for the holder', async () => {
  const { pid } = bystander()
  expect((await acquireDataLock(directory({ pid, processStart: '1' }))).ok).toBe(true)
})

test('a holder that is stopping is waited for', async () => {
  const { child, pid } = bystander()
  const path = directory({ pid, processStart: readProcessStart(pid), isStopping: true })
  setTimeout(() => child.kill('SIGKILL'), 1_500)
  expect((await acquireDataLock(path)).ok).toBe(true)
})

test('of two that take over the same stale lock one wins', async () => {
  const path = directory({ pid: 2 ** 22 - 1, processStart: '1' })
  const results = await Promise.all([acquireDataLock(path), acquireDataLock(path)])
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
})

test('a lock says when its holder is stopping, and one that was lost is not released', async () => {
  const path = directory()
  const result = await acquireDataLock(path)
  if (!result.ok) throw new Error('a free directory was refused')
  result.lock.announceStop()
  expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, isStopping: true })
  writeFileSync(join(path, 'lock'), JSON.stringify({ token: 'theirs', pid: 1 }))
  result.lock.release()
  expect(existsSync(join(path, 'lock'))).toBe(true)
})
