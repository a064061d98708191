import { createClient } from '@supabase/supabase-js'
import { afterAll, inject } from 'vitest'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import { connectLiteToPostgres, createSupabaseLite } from '../../lib/local/database/supabase-lite.ts'
import type { PipelineStore } from '../../lib/ports/store.ts'
import type { Sql } from './postgres.ts'
import { TEST_KEYS } from './stack.ts'

const ADDRESS = 'http://supabase.test'

/**
 * Stores that share nothing but the database: each has connections and an API of its own, as functions on different machines have.
 */
export async function createInstances(sql: Sql, count: number): Promise<PipelineStore[]> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${row?.name}`
  const stores: PipelineStore[] = []
  for (let index = 0; index < count; index++) {
    const connection = await connectLiteToPostgres(url.href)
    const app = await createSupabaseLite({
      connection,
      keys: TEST_KEYS,
      siteUrl: 'http://localhost:3000',
      sendMail: async () => undefined,
    })
    await app.init()
    afterAll(() => connection.close())
    const client = createClient(ADDRESS, TEST_KEYS.secretKey, {
      global: {
        fetch: (async (input: RequestInfo | URL, init?: RequestInit) =>
          app.fetch(new Request(input, init))) as typeof fetch,
      },
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      // supabase-js throws on Node 20 without a WebSocket; nothing here listens.
      realtime: { transport: class {} as never },
    })
    const store = createPipelineStore(client as never, { error: () => undefined })
    // Lite grants rights to a role at its first request, and two that do so at once stand in each other's way.
    await store.claimDueMonitors(0)
    stores.push(store)
  }
  return stores
}
