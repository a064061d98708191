import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readMigrations } from '../../../lib/local/database/migrate.ts'
import { openDatabase } from '../../../lib/local/database/open-database.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const migrations = readMigrations(join(dirname(fileURLToPath(import.meta.url)), '../../../supabase/migrations'))
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

test.each(['postgres', 'pglite'] as const)(
  'an installation on %s has the whole schema and keeps it',
  async (engine) => {
    const directory = temporaryDirectory()
    // An installation that began on PGlite stays on it.
    if (engine === 'pglite') mkdirSync(join(directory, 'pglite'))
    for (const _ of ['first start', 'second start']) {
      const database = await openDatabase({ directory, password: 'p', migrations, log, say: () => undefined })
      const session = await database.openSession()
      const [row] = await session.query<{ count: number }>(
        'select count(*)::int as count from supabase_migrations.schema_migrations',
      )
      await session.close()
      await database.stop()
      expect([database.engine, row?.count]).toEqual([engine, migrations.length])
    }
  },
)

test('a migration that fails ends the start, and the database with it', async () => {
  const directory = temporaryDirectory()
  const bad = [{ version: '1', name: 'bad', sql: 'select nonsense' }]
  const open = openDatabase({ directory, password: 'p', migrations: bad, log, say: () => undefined })
  await expect(open).rejects.toThrow('migration 1_bad.sql failed')
})
