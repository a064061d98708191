import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopAbandonedServer } from '../../../lib/local/database/postgres-cluster.ts'
import { findFreePort } from '../../../lib/local/free-port.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const ADMIN = { email: 'admin@example.com', password: 'correct-horse' } as const

export interface VigieOptions {
  /** Added to the environment of `npm start`. */
  env?: Record<string, string>
  /** An existing one to start on again; a new one by default. */
  dataDirectory?: string
  port?: number
}

export interface Vigie {
  /** As people type it: cookies and links in messages belong to this name. */
  url: string
  port: number
  dataDirectory: string
  /** When the ready line was printed. */
  readyAt: number
  /** Everything printed so far. */
  output(): string
  /** Ends the process and waits for its end. SIGTERM resolves to the exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** Ends whatever is left and removes the data. */
  remove(): Promise<void>
}

/** With a build at hand a start takes seconds; a machine that is busy with other tests takes longer. */
const READY_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 30_000
const READY = /^Vigie is ready on (\S+)$/m

/** The real product as `npm start` runs it, with an admin that is known and nothing else of this process's environment. */
export async function startVigie(options: VigieOptions = {}): Promise<Vigie> {
  const port = options.port ?? (await findFreePort())
  const dataDirectory = options.dataDirectory ?? makeDataDirectory()
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/local/start.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      // The product is built and run for production; vitest's own NODE_ENV is `test`.
      NODE_ENV: 'production',
      PORT: String(port),
      VIGIE_DATA_DIR: dataDirectory,
      VIGIE_ADMIN_EMAIL: ADMIN.email,
      VIGIE_ADMIN_PASSWORD: ADMIN.password,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.on('exit', killWithUs)
  let output = ''
  let isStopping = false
  child.once('exit', (code, signal) => {
    process.off('exit', killWithUs)
    // Without this line, tests that fail because of it look like mysteries.
    if (!isStopping) console.error(`Vigie on port ${port} ended by itself (${code ?? signal}):\n${output}`)
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    isStopping = true
    return stopChild(child, signal)
  }
  const remove = async (): Promise<void> => {
    await stop('SIGKILL')
    await stopAbandonedServer(join(dataDirectory, 'postgres'))
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    const url = await waitUntilReady(child, () => output)
    return { url, port, dataDirectory, readyAt: Date.now(), output: () => output, stop, remove }
  } catch (error) {
    if (options.dataDirectory === undefined) await remove()
    else await stop('SIGKILL')
    throw error
  }
}

/** Under /var/tmp: as root, Postgres runs as another user, who cannot enter every place that TMPDIR may name. */
function makeDataDirectory(): string {
  return mkdtempSync('/var/tmp/vigie-e2e-')
}

async function waitUntilReady(child: ChildProcess, output: () => string): Promise<string> {
  const deadlineAt = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadlineAt) {
    const url = READY.exec(output())?.[1]
    if (url) return url
    if (child.exitCode !== null) throw new Error(`Vigie ended with code ${child.exitCode}:\n${output()}`)
    await sleep(50)
  }
  throw new Error(`Vigie was not ready after ${READY_TIMEOUT_MS / 1_000} s:\n${output()}`)
}

async function stopChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  const late = sleep(STOP_TIMEOUT_MS, 'late' as const, { ref: false })
  if ((await Promise.race([exited, late])) === 'late') {
    child.kill('SIGKILL')
    await exited
    throw new Error(`Vigie did not end within ${STOP_TIMEOUT_MS / 1_000} s of ${signal}`)
  }
  return child.exitCode
}
