import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import type { Instant } from '../../lib/domain/time/instant.ts'

/** Kept in step with tests/support/vitest-postgres.ts, which makes it. */
const TEMPLATE_DATABASE = 'vigie_template'

export type Sql = postgres.Sql

export interface TestDatabase {
  /** Superuser pool. Its `reserve()` gives one session, for `set role` and locks. */
  sql: Sql
  url: string
  drop(): Promise<void>
}

/**
 * A database of this test file's own with all migrations applied: a copy of the template, dropped after the file.
 * Call it at the top of the file or in `beforeAll`. Grants are those of the migrations alone.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase(inject('postgresUrl'))
  afterAll(() => database.drop())
  return database
}

/** The same, for callers outside of a test file; whoever calls it drops it. */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name} template ${TEMPLATE_DATABASE}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const sql = postgres(url.href, { max: 10, onnotice: () => undefined })
  return {
    sql,
    url: url.href,
    drop: async () => {
      await sql.end({ timeout: 1 })
      await onServer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end({ timeout: 1 })
  }
}

export interface FakeDatabaseClock {
  now(): Promise<Instant>
  set(at: Instant): Promise<void>
  advance(ms: number): Promise<Instant>
}

/**
 * Replaces `private.now()`, the only clock of the schema's functions, by one that reads a table. Column defaults that say
 * `now()` keep the real time. Starts at `startAt`.
 */
export async function useFakeClock(sql: Sql, startAt: Instant): Promise<FakeDatabaseClock> {
  const seconds = startAt / 1_000
  await sql.begin(async (transaction) => {
    await transaction`create table if not exists private.fake_clock (at timestamptz not null)`
    await transaction`delete from private.fake_clock`
    await transaction`insert into private.fake_clock values (to_timestamp(${seconds}::float8))`
    // Security definer: the API roles need no grant on the table.
    await transaction.unsafe(`
      create or replace function private.now() returns timestamptz
      language sql stable security definer set search_path = ''
      as 'select at from private.fake_clock'`)
  })
  const read = async (): Promise<Instant> => {
    const [row] = await sql<
      { ms: number }[]
    >`select round(extract(epoch from at) * 1000)::float8 as ms from private.fake_clock`
    if (!row) throw new Error('the fake clock has no time')
    return row.ms
  }
  return {
    now: read,
    set: async (at) => {
      await sql`update private.fake_clock set at = to_timestamp(${at / 1_000}::float8)`
    },
    advance: async (ms) => {
      await sql`update private.fake_clock set at = at + make_interval(secs => ${ms / 1_000}::float8)`
      return read()
    },
  }
}
