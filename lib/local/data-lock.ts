import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isProcessAlive, readProcessStart } from './process-identity.ts'

interface LockContent {
  token: string
  pid: number
  /** Start of that process as the system states it, so that a recycled id is not taken for the holder. */
  processStart: string | null
  /** The holder is stopping: whoever wants the directory next need only wait. */
  isStopping?: boolean
}

export interface DataLock {
  /** Tells a successor that the directory will be free soon. */
  announceStop(): void
  release(): void
}

export type LockResult = { ok: true; lock: DataLock } | { ok: false; holderPid: number }

/** How long a take-over waits before it looks whether another one overwrote it. */
const SETTLE_MS = 150
/** A holder may have lost its parent just now and not have noticed: this long it is given before the start is refused. */
const NOTICE_MS = 1_000
/** Longer than an orderly stop with running functions takes. */
const STOP_MS = 30_000

/**
 * Takes the data directory for this process, or names the process that has it. The lock of a process that is gone is
 * taken over; one that is stopping is waited for. Needed because two stacks on one directory destroy each other's data:
 * neither Lite nor PGlite locks.
 */
export async function acquireDataLock(directory: string): Promise<LockResult> {
  const path = join(directory, 'lock')
  const askedAt = Date.now()
  while (true) {
    const result = await tryLock(path)
    if (result.ok) return result
    const patienceMs = readLock(path)?.isStopping ? STOP_MS : NOTICE_MS
    if (Date.now() - askedAt > patienceMs) return result
    await sleep(100)
  }
}

async function tryLock(path: string): Promise<LockResult> {
  const own: LockContent = { token: randomUUID(), pid: process.pid, processStart: readProcessStart(process.pid) }
  const temporary = writeBeside(path, own)
  try {
    linkSync(temporary, path)
    rmSync(temporary)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = readLock(path)
    if (holder && isHeld(holder)) {
      rmSync(temporary)
      return { ok: false, holderPid: holder.pid }
    }
    // Two processes may take over the same stale lock; the last rename wins and the other one sees it after the wait.
    renameSync(temporary, path)
    await sleep(SETTLE_MS)
  }
  const winner = readLock(path)
  if (winner && winner.token !== own.token) return { ok: false, holderPid: winner.pid }
  const isOurs = (): boolean => readLock(path)?.token === own.token
  return {
    ok: true,
    lock: {
      announceStop: () => {
        if (isOurs()) renameSync(writeBeside(path, { ...own, isStopping: true }), path)
      },
      release: () => {
        if (isOurs()) rmSync(path, { force: true })
      },
    },
  }
}

function writeBeside(path: string, content: LockContent): string {
  const temporary = `${path}.${content.token}`
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 })
  return temporary
}

function readLock(path: string): LockContent | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockContent
  } catch {
    return null
  }
}

function isHeld(lock: LockContent): boolean {
  if (!isProcessAlive(lock.pid)) return false
  const start = readProcessStart(lock.pid)
  return start === null || lock.processStart === null || start === lock.processStart
}
