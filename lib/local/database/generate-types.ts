import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../free-port.ts'
import { applyMigrations, readMigrations } from './migrate.ts'
import { startPostgresCluster } from './postgres-cluster.ts'
import { readCatalog } from './read-catalog.ts'
import { renderTypes } from './render-types.ts'
import { openPostgresSession } from './sql-session.ts'
import { connectLiteToPostgres, createAuthSchema } from './supabase-lite.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const target = join(root, 'lib/adapters/supabase/database.types.ts')

/**
 * `npm run db:types`: writes the typed client's types from the migrations, with a throw-away Postgres. With `--check` it
 * writes nothing and fails when the file is not what the migrations say.
 */
async function main(): Promise<void> {
  const wanted = await withThrowAwayDatabase(async (url) => {
    const connection = await connectLiteToPostgres(url)
    await createAuthSchema(connection)
    await connection.close()
    const session = openPostgresSession(url)
    try {
      await applyMigrations(session, readMigrations(join(root, 'supabase/migrations')))
      return renderTypes(await readCatalog(session))
    } finally {
      await session.close()
    }
  })
  if (existsSync(target) && readFileSync(target, 'utf8') === wanted) return
  if (process.argv.includes('--check')) {
    throw new Error('lib/adapters/supabase/database.types.ts is not what the migrations say. Run: npm run db:types')
  }
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, wanted)
}

async function withThrowAwayDatabase<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const parent = mkdtempSync(join(tmpdir(), 'vigie-types-'))
  // As root the server runs as user postgres, who must be able to pass through.
  chmodSync(parent, 0o711)
  try {
    const cluster = await startPostgresCluster({
      directory: join(parent, 'data'),
      password: randomBytes(12).toString('hex'),
      port: await findFreePort(),
      settings: { fsync: 'off' },
    })
    try {
      return await use(cluster.url())
    } finally {
      await cluster.stop()
    }
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
