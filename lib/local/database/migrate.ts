import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SqlSession } from './sql-session.ts'

export interface Migration {
  /** The digits that the file name starts with: `20261121000000`. */
  version: string
  name: string
  sql: string
}

const FILE_NAME = /^(\d+)_(.+)\.sql$/

/**
 * The migrations of a folder in the order of their versions; none when the folder does not exist. Throws when two have the
 * same version: only one of them would ever be applied.
 */
export function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) return []
  const migrations = readdirSync(directory)
    .flatMap((file) => {
      const match = FILE_NAME.exec(file)
      const [, version, name] = match ?? []
      return version && name ? [{ version, name, sql: readFileSync(join(directory, file), 'utf8') }] : []
    })
    .sort((one, other) => (one.version < other.version ? -1 : 1))
  for (const [index, { version, name }] of migrations.entries()) {
    const next = migrations[index + 1]
    if (next?.version === version) throw new Error(`two migrations have version ${version}: ${name} and ${next.name}`)
  }
  return migrations
}

/**
 * Applies what is missing, each file in a transaction of its own, and records it where the Supabase CLI does, so that
 * `supabase db push` and this agree on what a database has. Returns the versions applied now.
 * Throws with the file's name when one fails; that file has then changed nothing.
 */
export async function applyMigrations(session: SqlSession, migrations: Migration[]): Promise<string[]> {
  await session.exec(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text primary key, statements text[], name text
    );`)
  const rows = await session.query<{ version: string }>('select version from supabase_migrations.schema_migrations')
  const known = new Set(rows.map((row) => row.version))
  const applied: string[] = []
  for (const migration of migrations) {
    if (known.has(migration.version)) continue
    await applyOne(session, migration)
    applied.push(migration.version)
  }
  return applied
}

async function applyOne(session: SqlSession, migration: Migration): Promise<void> {
  await session.exec('begin')
  try {
    await session.exec(migration.sql)
    await session.query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])',
      [migration.version, migration.name, migration.sql],
    )
    await session.exec('commit')
  } catch (error) {
    await session.exec('rollback')
    throw new Error(`migration ${migration.version}_${migration.name}.sql failed: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
