import postgres from 'postgres'

/** One database session: statements run one after the other, so `begin` … `commit` may be sent as statements. */
export interface SqlSession {
  /** Any number of statements without parameters. */
  exec(sql: string): Promise<void>
  query<Row>(sql: string, parameters?: (string | number | boolean | null)[]): Promise<Row[]>
  close(): Promise<void>
}

/** A session of its own on a Postgres server. */
export function openPostgresSession(url: string): SqlSession {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, prepare: false })
  return {
    exec: async (text) => {
      await sql.unsafe(text).simple()
    },
    query: async <Row>(text: string, parameters: (string | number | boolean | null)[] = []) =>
      (await sql.unsafe(text, parameters)) as unknown as Row[],
    close: () => sql.end({ timeout: 5 }),
  }
}
