import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { applyMigrations, readMigrations } from '../../../lib/local/database/migrate.ts'
import { openPostgresSession } from '../../../lib/local/database/sql-session.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const database = await createTestDatabase(inject('postgresUrl'))
const session = openPostgresSession(database.url)
await session.exec('drop schema supabase_migrations cascade')
afterAll(async () => {
  await session.close()
  await database.drop()
})

const first = {
  version: '20260101000000',
  name: 'create_one',
  sql: 'create table public.one (a int); create table public.two ();',
}
const broken = { version: '20260102000000', name: 'break_it', sql: 'create table public.three (); select 1 / 0;' }
const second = {
  version: '20260103000000',
  name: 'add_b',
  sql: "alter table public.one add b text default '$1; it''s'",
}

test('files are read in the order of their versions, others ignored', () => {
  const directory = temporaryDirectory()
  for (const name of ['20260103000000_b.sql', '20260101000000_a.sql', 'seed.sql', 'readme.md']) {
    writeFileSync(join(directory, name), `-- ${name}`)
  }
  expect(readMigrations(directory).map(({ version, name }) => [version, name])).toEqual([
    ['20260101000000', 'a'],
    ['20260103000000', 'b'],
  ])
  expect(readMigrations(join(directory, 'none'))).toEqual([])
})

test('two files of one version are refused by name', () => {
  const directory = temporaryDirectory()
  for (const name of ['20260101000000_a.sql', '20260101000000_b.sql']) writeFileSync(join(directory, name), '')
  expect(() => readMigrations(directory)).toThrow('two migrations have version 20260101000000: a and b')
})

test('what is missing is applied once and recorded as the Supabase CLI does', async () => {
  expect(await applyMigrations(session, [first])).toEqual([first.version])
  expect(await applyMigrations(session, [first, second])).toEqual([second.version])
  expect(await applyMigrations(session, [first, second])).toEqual([])
  const rows = await session.query(
    'select version, name, statements from supabase_migrations.schema_migrations order by 1',
  )
  expect(rows).toEqual([first, second].map(({ version, name, sql }) => ({ version, name, statements: [sql] })))
})

test('a file that fails is named and changes nothing, and the session is usable afterwards', async () => {
  await expect(applyMigrations(session, [broken])).rejects.toThrow(
    'migration 20260102000000_break_it.sql failed: division by zero',
  )
  expect(await session.query("select to_regclass('public.three')::text as three")).toEqual([{ three: null }])
  expect(await applyMigrations(session, [{ ...broken, sql: 'create table public.three ()' }])).toEqual([broken.version])
})
