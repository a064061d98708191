import type { Connection } from '@supabase/lite'
import type { SqlSession } from './sql-session.ts'

/** The database of one local installation, whichever engine carries it. */
export interface LocalDatabase {
  engine: 'postgres' | 'pglite'
  /** For clients of Postgres's own protocol; null on PGlite, which has none. */
  url: string | null
  /** What Supabase Lite works on. */
  connection: Connection
  /** A session for migrations and set-up. On PGlite it shares the only session: not while requests are served. */
  openSession(): Promise<SqlSession>
  stop(): Promise<void>
}
