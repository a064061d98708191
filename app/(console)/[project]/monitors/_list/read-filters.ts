import { z } from 'zod'
import { MONITOR_KINDS } from '@/lib/domain/monitor/config.ts'
import type { MonitorCursor, MonitorFilter } from '@/lib/ports/monitor-reader.ts'
import { parseCursor } from './cursor.ts'

export const FILTER_STATES = ['down', 'degraded', 'unknown', 'pending', 'up', 'paused'] as const

const text = (max: number) => z.string().trim().min(1).max(max).nullable().catch(null)

/** What does not fit is as if it were not there: a link that somebody edited still opens the list. */
const schema = z.object({
  state: z.enum(FILTER_STATES).nullable().catch(null),
  kind: z.enum(MONITOR_KINDS).nullable().catch(null),
  tag: text(40),
  group: text(60),
  q: text(200),
})

export type FilterQuery = z.infer<typeof schema>

/** The filters of an address, and the same as they go to the reader. */
export function readFilters(search: Record<string, string | string[] | undefined>): {
  query: FilterQuery
  filter: MonitorFilter
  after: MonitorCursor | null
} {
  const query = schema.parse(search)
  const { q, ...rest } = query
  return { query, filter: { ...rest, search: q }, after: parseCursor(search.after) }
}

/** The address of the list with these filters; null and empty ones are left out. */
export function listHref(path: string, query: Partial<Record<keyof FilterQuery | 'delete', string | null>>): string {
  const search = new URLSearchParams(queryOf(query)).toString()
  return search === '' ? path : `${path}?${search}`
}

export function queryOf(query: Partial<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
