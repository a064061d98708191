import { z } from 'zod'
import { withQuery } from '@/app/_session/query.ts'
import { DATABASE_RANGES, type DatabaseRange } from '@/lib/queries/databases.ts'

const requestSchema = z.object({
  source: z.string().min(1).max(63).nullable().catch(null),
  range: z.enum(DATABASE_RANGES).catch('24h'),
  done: z.enum(['created', 'updated', 'deleted']).nullable().catch(null),
})

/** What the address says; what does not fit is as if it were not there. */
export function readDatabaseRequest(query: Record<string, string | string[] | undefined>) {
  return requestSchema.parse(query)
}

export function databaseHref(path: string, source: string, range: DatabaseRange): string {
  return withQuery(path, { source, range: range === '24h' ? null : range })
}
