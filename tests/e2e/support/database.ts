import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'

/**
 * The database behind a running product, for what no page does: making accounts, and history that nobody waited for.
 * Whoever calls it ends it.
 */
export function openDatabase(dataDirectory: string): postgres.Sql {
  const { postgresPassword } = JSON.parse(readFileSync(join(dataDirectory, 'keys.json'), 'utf8'))
  const port = readFileSync(join(dataDirectory, 'postgres-port'), 'utf8')
  return postgres({
    host: '127.0.0.1',
    port: Number(port),
    username: 'postgres',
    password: postgresPassword,
    database: 'postgres',
    max: 2,
    onnotice: () => undefined,
  })
}
