import { join } from 'node:path'
import type { LocalDatabase } from './local-database.ts'
import { silenceTelemetry } from './supabase-lite.ts'

/** Postgres compiled to WebAssembly, in this process: for platforms that the real one does not run on. One session only. */
export async function startEmbeddedPglite(directory: string): Promise<LocalDatabase> {
  silenceTelemetry()
  const { createPgliteConnection } = await import('@supabase/lite/pglite')
  // A plain path: with `file:` it would make a folder of that name in the working directory.
  const connection = await createPgliteConnection({ url: join(directory, 'pglite') })
  return {
    engine: 'pglite',
    url: null,
    connection,
    openSession: async () => ({
      exec: async (sql) => {
        await connection.driver.exec(sql)
      },
      query: async <Row>(sql: string, parameters: (string | number | boolean | null)[] = []) =>
        (await connection.driver.query<Row>(sql, parameters)).rows,
      close: async () => undefined,
    }),
    stop: () => connection.close(),
  }
}
