import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { createSupabaseClient } from '../../lib/adapters/supabase/create-client.ts'
import { applyMigrations, readMigrations } from '../../lib/local/database/migrate.ts'
import { startPostgresCluster } from '../../lib/local/database/postgres-cluster.ts'
import { openPostgresSession } from '../../lib/local/database/sql-session.ts'
import { connectLiteToPostgres, createAuthSchema, createSupabaseLite } from '../../lib/local/database/supabase-lite.ts'
import { findFreePort } from '../../lib/local/free-port.ts'
import { serveSupabase } from '../../lib/local/supabase-server.ts'

const KEYS = {
  jwtSecret: 'bench-jwt-secret-of-32-characters',
  publishableKey: 'sb_publishable_bench',
  secretKey: 'sb_secret_bench',
}
const MIGRATIONS = join(import.meta.dirname, '../../supabase/migrations')

/** The embedded stack as `npm start` runs it, durable writes included, on a directory that is thrown away. */
export async function startBenchStack() {
  const parent = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
  chmodSync(parent, 0o711)
  const cluster = await startPostgresCluster({
    directory: join(parent, 'data'),
    password: randomBytes(12).toString('hex'),
    port: await findFreePort(),
  })
  const url = cluster.url()
  const connection = await connectLiteToPostgres(url)
  await createAuthSchema(connection)
  const session = openPostgresSession(url)
  await applyMigrations(session, readMigrations(MIGRATIONS))
  await session.close()
  const app = await createSupabaseLite({
    connection,
    keys: KEYS,
    siteUrl: 'http://localhost',
    sendMail: async () => undefined,
  })
  await app.init()
  const server = await serveSupabase(app, await findFreePort(), () => undefined)
  const sql = postgres(url, { max: 4, onnotice: () => undefined })
  return {
    sql,
    databaseUrl: url,
    apiUrl: server.url,
    keys: KEYS,
    client: createSupabaseClient(server.url, KEYS.secretKey, 60_000),
    async stop() {
      await sql.end()
      await server.stop()
      await connection.close()
      await cluster.stop()
      rmSync(parent, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
