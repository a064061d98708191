import { z } from 'zod'
import { AGGREGATES } from '@/lib/domain/series/question.ts'
import { EXPLORE_RANGES, type ExploreRequest } from '@/lib/queries/explore.ts'

const text = z.string().min(1).max(200).nullable().catch(null)

const instant = z.coerce.number().int().positive().max(8.64e15).nullable().catch(null)

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  metric: text,
  aggregate: z.enum(AGGREGATES).nullable().catch(null),
  by: text,
  where: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().filter(Boolean).slice(0, 10))
    .catch([]),
  range: z.enum(EXPLORE_RANGES).catch('6h'),
  from: instant,
  until: instant,
})

export function readExploreRequest(query: Record<string, string | string[] | undefined>): ExploreRequest {
  return requestSchema.parse({ from: null, until: null, ...query })
}

/** The same view by its address; `changes` replace parts of it. */
export function exploreHref(path: string, request: ExploreRequest, changes: Partial<ExploreRequest> = {}): string {
  const { metric, aggregate, by, where, range, from, until } = { ...request, ...changes }
  const pairs = [
    ...Object.entries({ metric, aggregate, by, range, from, until }).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)]],
    ),
    ...where.map((condition) => ['where', condition]),
  ]
  return `${path}?${new URLSearchParams(pairs)}`
}
