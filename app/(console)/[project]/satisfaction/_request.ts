import { z } from 'zod'
import { RATINGS } from '@/lib/domain/feedback/answer.ts'
import { SATISFACTION_RANGES, type SatisfactionRequest } from '@/lib/queries/satisfaction.ts'

/** `<ms>.<uuid>` */
const POSITION = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  range: z.enum(SATISFACTION_RANGES).catch('13w'),
  page: z.string().min(1).max(200).nullable().catch(null),
  rating: z.coerce.number().pipe(z.literal(RATINGS)).nullable().catch(null),
  below: z
    .string()
    .transform((given) => {
      const [, at, id] = POSITION.exec(given) ?? []
      return at === undefined || id === undefined || Number(at) > 8.64e15 ? null : { at: Number(at), id }
    })
    .nullable()
    .catch(null),
})

export function readSatisfactionRequest(query: Record<string, string | string[] | undefined>): SatisfactionRequest {
  return requestSchema.parse({ page: null, rating: null, below: null, ...query })
}

/** The same view by its address; `changes` replace parts of it. */
export function satisfactionHref(
  path: string,
  request: SatisfactionRequest,
  changes: Partial<SatisfactionRequest> = {},
): string {
  const { below, ...rest } = { ...request, ...changes }
  const given = Object.entries(rest).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))
  if (below !== null) given.push(['below', `${below.at}.${below.id}`])
  return `${path}?${new URLSearchParams(given)}`
}
