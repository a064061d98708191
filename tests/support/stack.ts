import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, inject } from 'vitest'
import {
  type AuthMail,
  connectLiteToPostgres,
  createSupabaseLite,
  type SupabaseKeys,
} from '../../lib/local/database/supabase-lite.ts'
import { openRoles } from '../../lib/local/open-roles.ts'
import { createTestDatabase, type Sql } from './postgres.ts'

export type Role = 'owner' | 'admin' | 'responder' | 'viewer'

export interface TestUser {
  id: string
  email: string
  /** Signed in: row-level security sees this user. */
  client: SupabaseClient
}

export interface TestStack {
  /** Superuser connection to the same database. */
  sql: Sql
  /** Bypasses row-level security, as the tasks do. */
  service: SupabaseClient
  anon: SupabaseClient
  /** Mails that the auth server sent. */
  mails: AuthMail[]
  keys: SupabaseKeys
  /** The API without a network: for clients that take a `fetch`. Any base address will do. */
  fetch: typeof fetch
  /** A signed-in account that belongs to no project. */
  outsider(): Promise<TestUser>
  /** A signed-in account with this role in this project. */
  user(role: Role, projectId: string): Promise<TestUser>
}

export const TEST_KEYS: SupabaseKeys = {
  jwtSecret: 'test-jwt-secret-of-at-least-32-characters',
  publishableKey: 'sb_publishable_test',
  secretKey: 'sb_secret_test',
}

const ADDRESS = 'http://supabase.test'

/** Supabase's REST and Auth API in this process over a test database, dropped after the file. */
export async function testStack(): Promise<TestStack> {
  const database = await createTestDatabase(inject('postgresUrl'))
  const connection = await connectLiteToPostgres(database.url)
  const mails: AuthMail[] = []
  const app = await createSupabaseLite({
    connection,
    keys: TEST_KEYS,
    siteUrl: 'http://localhost:3000',
    sendMail: async (mail) => void mails.push(mail),
  })
  await app.init()
  afterAll(async () => {
    await connection.close()
    await database.drop()
  })
  const inProcessFetch = (async (input: RequestInfo | URL, init?: RequestInit) =>
    app.fetch(new Request(input, init))) as typeof fetch
  await openRoles(ADDRESS, TEST_KEYS, inProcessFetch)
  const client = (key: string): SupabaseClient =>
    createClient(ADDRESS, key, {
      global: { fetch: inProcessFetch },
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      // supabase-js throws on Node 20 without a WebSocket; nothing here listens.
      realtime: { transport: class {} as never },
    })
  const outsider = async (): Promise<TestUser> => {
    const email = `${randomUUID()}@example.com`
    const person = client(TEST_KEYS.publishableKey)
    const { data, error } = await person.auth.signUp({ email, password: 'correct horse battery' })
    if (error || !data.user) throw new Error(`sign-up failed: ${error?.message}`)
    return { id: data.user.id, email, client: person }
  }
  return {
    sql: database.sql,
    service: client(TEST_KEYS.secretKey),
    anon: client(TEST_KEYS.publishableKey),
    mails,
    keys: TEST_KEYS,
    fetch: inProcessFetch,
    outsider,
    user: async (role, projectId) => {
      const person = await outsider()
      await database.sql`
        insert into public.memberships (project_id, user_id, role, email)
        values (${projectId}, ${person.id}, ${role}, ${person.email})`
      return person
    },
  }
}
