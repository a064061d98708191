import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isProcessAlive, readProcessCommand, waitForExit } from '../process-identity.ts'
import { findClosedDirectory, findPostgresAccount, type PostgresAccount } from './postgres-account.ts'
import { copyPostgresBinaries, locatePostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'

export interface ClusterOptions {
  /** Data directory; made and initialised when it does not exist. */
  directory: string
  /** Password of the superuser `postgres`. */
  password: string
  port: number
  /** Server settings, for example `{ fsync: 'off' }`. */
  settings?: Record<string, string>
}

export interface PostgresCluster {
  port: number
  pid: number
  /** Connection string for a database of this cluster; `postgres` when none is named. */
  url(database?: string): string
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 15_000

/**
 * Starts a Postgres server on 127.0.0.1 over a data directory. A server that an earlier, killed process left running on
 * the same directory is stopped first. Throws, with the server's own words, when it does not come up.
 */
export async function startPostgresCluster(options: ClusterOptions): Promise<PostgresCluster> {
  const account = findPostgresAccount()
  const binaries = reachableBinaries(account, dirname(options.directory))
  await stopAbandonedServer(options.directory)
  if (!existsSync(join(options.directory, 'PG_VERSION'))) await initialise(options, binaries, account)
  const pid = await launch(options, binaries, account)
  const endWithUs = (): void => signal(pid, 'SIGINT')
  process.on('exit', endWithUs)
  return {
    port: options.port,
    pid,
    url: (database = 'postgres') =>
      `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`,
    stop: async () => {
      await stopServer(pid)
      process.off('exit', endWithUs)
    },
  }
}

/**
 * As root the binaries may lie in a home directory that user postgres cannot enter: then a copy is made once beside the
 * data, in a directory that is ours. A fixed place that everyone can write to would let others plant what we run.
 */
function reachableBinaries(account: PostgresAccount | null, nearby: string): PostgresBinaries {
  const binaries = locatePostgresBinaries()
  if (!findClosedDirectory(binaries.directory, account)) return binaries
  return copyPostgresBinaries(binaries, join(nearby, 'postgres-binaries'))
}

async function initialise(
  options: ClusterOptions,
  binaries: PostgresBinaries,
  account: PostgresAccount | null,
): Promise<void> {
  mkdirSync(options.directory, { recursive: true })
  const passwordFile = join(tmpdir(), `vigie-initdb-${process.pid}-${Date.now()}`)
  writeFileSync(passwordFile, options.password, { mode: 0o600 })
  if (account) {
    chownSync(options.directory, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  try {
    await promisify(execFile)(
      binaries.initdb,
      // The C locale sorts by code point on every system, so that an upgrade of the system's libc cannot corrupt an index.
      [
        `--pgdata=${options.directory}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...identity(account), env: serverEnvironment() },
    )
  } catch (error) {
    rmSync(options.directory, { recursive: true, force: true })
    throw new Error(`Postgres could not make its data directory ${options.directory}: ${(error as Error).message}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function launch(
  options: ClusterOptions,
  binaries: PostgresBinaries,
  account: PostgresAccount | null,
): Promise<number> {
  const logFile = `${options.directory}.log`
  const log = openSync(logFile, 'w', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statement errors are values that the callers see; the file is for what ends the server.
    log_min_messages: 'fatal',
    ...options.settings,
  }
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      options.directory,
      '-p',
      String(options.port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Its own session: Ctrl-C in the terminal goes to us alone, and we stop it last.
    { ...identity(account), detached: true, stdio: ['ignore', log, log], env: serverEnvironment(), cwd: '/' },
  )
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  failed.catch(() => undefined)
  const pid = child.pid
  if (pid === undefined) return failed
  child.unref()
  const deadlineAt = Date.now() + START_TIMEOUT_MS
  while (!isReady(options.directory, pid)) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadlineAt) {
      signal(pid, 'SIGQUIT')
      throw new Error(
        `Postgres did not start: ${readFileSync(logFile, 'utf8').trim().slice(-2_000) || 'it said nothing'}`,
      )
    }
    await sleep(15)
  }
  return pid
}

/** The eighth line of postmaster.pid is the server's state (src/include/utils/pidfile.h). */
function isReady(directory: string, pid: number): boolean {
  const lines = readPidFile(directory)
  return lines?.[0] === String(pid) && lines[7]?.trim() === 'ready'
}

function readPidFile(directory: string): string[] | null {
  try {
    return readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
}

/** Ends the server that an earlier process with the same data directory left behind when it was killed, if there is one. */
export async function stopAbandonedServer(directory: string): Promise<void> {
  const pid = Number(readPidFile(directory)?.[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isProcessAlive(pid)) return
  // After a reboot the id may belong to somebody else; Postgres itself then discards the stale file.
  if (process.platform !== 'win32' && !readProcessCommand(pid).includes(`-D ${directory}`)) return
  await stopServer(pid)
}

async function stopServer(pid: number): Promise<void> {
  // SIGINT is the fast shutdown: open sessions are ended, nothing committed is lost.
  signal(pid, 'SIGINT')
  if (await waitForExit(pid, STOP_TIMEOUT_MS)) return
  signal(pid, 'SIGQUIT')
  if (!(await waitForExit(pid, STOP_TIMEOUT_MS))) throw new Error(`Postgres (process ${pid}) does not stop`)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone, which is what was wanted.
  }
}

function identity(account: PostgresAccount | null): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

/** Only what the server needs: none of our secrets reach its environment. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'SystemRoot', 'TEMP'].flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, value] as const] : []
  })
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', NODE_ENV: 'production' }
}
