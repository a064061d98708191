import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { Database } from './database.types.ts'

export type Client = SupabaseClient<Database>

/** supabase-js opens no socket before one is asked for, but from 2.109 on it refuses to start on Node 20 without a transport. */
class NoRealtime {}

/** A client for the machine's own work: one key, no session, a deadline on every call so that a hanging database fails a task. */
export function createSupabaseClient(url: string, key: string, timeoutMs = 25_000): Client {
  return createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: NoRealtime as never },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) }),
    },
  })
}
