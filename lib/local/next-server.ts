import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'

export interface NextServerOptions {
  root: string
  /** On 127.0.0.1. */
  port: number
  isDevelopment: boolean
  env: Record<string, string | undefined>
  log: Log
}

export interface NextServer {
  /** Resolves once pages are answered; rejects with the server's output when it dies before that. */
  ready: Promise<void>
  stop(): Promise<void>
}

const READY_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 5_000
const LONGEST_PAUSE_MS = 30_000
const HEALTHY_AFTER_MS = 60_000
const OUTPUT_LIMIT = 8_000

/** Next in a process of its own, restarted with growing pauses when it dies, and ended with ours however ours ends. */
export function startNextServer(options: NextServerOptions): NextServer {
  let child = launch(options)
  let isStopping = false
  const supervise = async (): Promise<void> => {
    let pauseMs = 500
    while (true) {
      const startedAt = Date.now()
      const code = await child.exited
      if (isStopping) return
      options.log.error('dashboard_died', { code, output: child.output() })
      pauseMs = Date.now() - startedAt > HEALTHY_AFTER_MS ? 500 : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      await sleep(pauseMs, undefined, { ref: false })
      if (isStopping) return
      child = launch(options)
    }
  }
  const ready = waitUntilAnswering(options.port, child)
  ready.then(supervise, () => undefined)
  return {
    ready,
    stop: async () => {
      isStopping = true
      child.process.kill('SIGTERM')
      await Promise.race([child.exited, sleep(STOP_TIMEOUT_MS)])
      child.process.kill('SIGKILL')
      await child.exited
    },
  }
}

interface NextProcess {
  process: ChildProcess
  exited: Promise<number | null>
  /** The last of what it printed. */
  output(): string
}

function launch({ root, port, isDevelopment, env }: NextServerOptions): NextProcess {
  const preload = join(dirname(fileURLToPath(import.meta.url)), 'end-with-parent.cjs')
  const flags = isDevelopment ? ['dev'] : ['start', '--keepAliveTimeout', '75000']
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/next/dist/bin/next'), ...flags, '-p', String(port), '-H', '127.0.0.1'],
    {
      cwd: root,
      // NODE_OPTIONS and not an argument: `next dev` starts another process, which must end too.
      env: {
        ...env,
        NODE_ENV: isDevelopment ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --require=${JSON.stringify(preload)}`.trim(),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C goes to us; we end it after the running functions are done.
      detached: true,
    },
  )
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_LIMIT)
    if (isDevelopment) process.stdout.write(chunk)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', (error) => {
      output += error.message
      resolve(null)
    })
  })
  return { process: child, exited, output: () => output.trim() }
}

async function waitUntilAnswering(port: number, child: NextProcess): Promise<void> {
  let code: number | null | undefined
  void child.exited.then((value) => {
    code = value
  })
  const deadlineAt = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadlineAt) {
    if (code !== undefined) throw new Error(`the dashboard did not start: ${child.output() || `exit code ${code}`}`)
    try {
      // Any answer will do: what is asked for needs no database and no page.
      await fetch(`http://127.0.0.1:${port}/favicon.ico`, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
      return
    } catch {
      await sleep(100)
    }
  }
  throw new Error(`the dashboard did not answer within ${READY_TIMEOUT_MS / 1_000} s: ${child.output()}`)
}
