import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../ports/log.ts'
import { findFreePort } from '../free-port.ts'
import { isProcessAlive } from '../process-identity.ts'
import type { LocalDatabase } from './local-database.ts'
import { type PostgresCluster, startPostgresCluster, stopAbandonedServer } from './postgres-cluster.ts'
import { openPostgresSession } from './sql-session.ts'
import { connectLiteToPostgres } from './supabase-lite.ts'

export interface EmbeddedPostgresOptions {
  /** Data directory of the installation; the server's own is `postgres` in it. */
  directory: string
  password: string
  log: Log
}

const WATCH_MS = 500
const LONGEST_PAUSE_MS = 10_000

/** A supervised Postgres: when the server process dies it is started again, on the same port, for as long as we run. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<LocalDatabase> {
  // It would still hold the port.
  await stopAbandonedServer(join(options.directory, 'postgres'))
  const port = await rememberedPort(options.directory)
  const start = (): Promise<PostgresCluster> =>
    startPostgresCluster({
      directory: join(options.directory, 'postgres'),
      password: options.password,
      port,
      settings: { shared_buffers: '128MB', max_connections: '60', shared_preload_libraries: 'pg_stat_statements' },
    })
  let cluster = await start()
  const stopping = new AbortController()
  let pauseMs = WATCH_MS
  const supervise = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted || isProcessAlive(cluster.pid)) continue
      options.log.error('postgres_died', { pid: cluster.pid })
      try {
        cluster = await start()
        pauseMs = WATCH_MS
        options.log.warn('postgres_restarted', { pid: cluster.pid })
      } catch (error) {
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
        options.log.error('postgres_restart_failed', { error: (error as Error).message, nextTryMs: pauseMs })
      }
    }
  }
  const supervision = supervise()
  const url = cluster.url()
  const connection = await connectLiteToPostgres(url)
  return {
    engine: 'postgres',
    url,
    connection,
    openSession: async () => openPostgresSession(url),
    stop: async () => {
      stopping.abort()
      await supervision
      await connection.close()
      await cluster.stop()
    },
  }
}

/** The port stays the same over restarts while it is free, so that a connection string that was noted down keeps working. */
async function rememberedPort(directory: string): Promise<number> {
  const path = join(directory, 'postgres-port')
  const known = existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined
  const port = await findFreePort(known)
  writeFileSync(path, String(port))
  return port
}
