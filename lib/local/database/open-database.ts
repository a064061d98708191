import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../../ports/log.ts'
import { startEmbeddedPglite } from './embedded-pglite.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { LocalDatabase } from './local-database.ts'
import { applyMigrations, type Migration } from './migrate.ts'
import { createAuthSchema } from './supabase-lite.ts'

export interface OpenDatabaseOptions {
  directory: string
  password: string
  migrations: Migration[]
  log: Log
  /** Tells the user one thing. */
  say: (line: string) => void
}

/**
 * Starts the database of an installation and brings its schema up to date. A real Postgres, or PGlite where that cannot
 * run. Once an installation has data in one of them it stays with it: falling back later would look like losing everything.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<LocalDatabase> {
  const database = await startEngine(options)
  try {
    await createAuthSchema(database.connection)
    const session = await database.openSession()
    try {
      await applyMigrations(session, options.migrations)
    } finally {
      await session.close()
    }
    return database
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function startEngine(options: OpenDatabaseOptions): Promise<LocalDatabase> {
  const { directory, password, log, say } = options
  if (existsSync(join(directory, 'pglite'))) return startEmbeddedPglite(directory)
  if (existsSync(join(directory, 'postgres'))) return startEmbeddedPostgres({ directory, password, log })
  try {
    return await startEmbeddedPostgres({ directory, password, log })
  } catch (error) {
    log.warn('postgres_unavailable', { error: (error as Error).message })
    say(`Using PGlite, a smaller Postgres in this process, because the real one does not run here: ${firstLine(error)}`)
    return startEmbeddedPglite(directory)
  }
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? ''
}
