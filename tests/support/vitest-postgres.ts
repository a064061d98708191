import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { applyMigrations, readMigrations } from '../../lib/local/database/migrate.ts'
import { type PostgresCluster, startPostgresCluster } from '../../lib/local/database/postgres-cluster.ts'
import { openPostgresSession } from '../../lib/local/database/sql-session.ts'
import { connectLiteToPostgres, createAuthSchema } from '../../lib/local/database/supabase-lite.ts'
import { findFreePort } from '../../lib/local/free-port.ts'
import { isProcessAlive } from '../../lib/local/process-identity.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser connection to the shared test server, database `postgres`. */
    postgresUrl: string
  }
}

export const TEMPLATE_DATABASE = 'vigie_template'
const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), '../../supabase/migrations')
const PREFIX = 'vigie-test-'

interface SharedServer {
  started: Promise<{ cluster: PostgresCluster; directory: string }>
  users: number
}

// Vitest loads this file once per project that names it; one server is enough for all of them.
const shared = globalThis as { vigieTestServer?: SharedServer | undefined }

/** Vitest global setup: one throw-away Postgres with a template database that has every migration. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.vigieTestServer ??= { started: start(), users: 0 }
  const server = shared.vigieTestServer
  server.users += 1
  const { cluster, directory } = await server.started
  project.provide('postgresUrl', cluster.url())
  return async () => {
    server.users -= 1
    if (server.users > 0) return
    shared.vigieTestServer = undefined
    await cluster.stop()
    removeDirectory(directory)
  }
}

async function start(): Promise<{ cluster: PostgresCluster; directory: string }> {
  removeAbandonedDirectories()
  const parent = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // As root the server runs as user postgres, who must be able to pass through.
  chmodSync(parent, 0o711)
  const directory = join(parent, 'data')
  const cluster = await startPostgresCluster({
    directory,
    password: randomBytes(12).toString('hex'),
    port: await findFreePort(),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      max_connections: '200',
      // Tests may ask which statements ran and how often.
      shared_preload_libraries: 'pg_stat_statements',
    },
  })
  await createTemplate(cluster)
  return { cluster, directory }
}

async function createTemplate(cluster: PostgresCluster): Promise<void> {
  const admin = postgres(cluster.url(), { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${TEMPLATE_DATABASE}`)
  await admin.end()
  const connection = await connectLiteToPostgres(cluster.url(TEMPLATE_DATABASE))
  await createAuthSchema(connection)
  await connection.close()
  const session = openPostgresSession(cluster.url(TEMPLATE_DATABASE))
  try {
    await applyMigrations(session, readMigrations(MIGRATIONS))
  } finally {
    await session.close()
  }
}

/** Directories of runs that were killed: their process is gone, and so is or will be their server. */
function removeAbandonedDirectories(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid && !isProcessAlive(Number(pid))) removeDirectory(join(tmpdir(), name, 'data'))
  }
}

function removeDirectory(directory: string): void {
  rmSync(dirname(directory), { recursive: true, force: true, maxRetries: 3 })
}
