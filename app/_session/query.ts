import { z } from 'zod'

/** What Next hands to a page: a parameter given twice is a list. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The key at which a keyset-paged list goes on. Whatever is no positive number is no position. */
export const positionSchema = z.coerce.number().int().positive().nullable().catch(null)

/** An address with these parameters; those without a value are left out, so that the plain page keeps its plain address. */
export function withQuery(path: string, parameters: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
