import { z } from 'zod'
import { withQuery } from '@/app/_session/query.ts'
import { ERROR_FILTERS, type ErrorRequest } from '@/lib/queries/errors.ts'

/** `<ms>.<id>` */
const POSITION = /^(\d{1,15})\.(\d{1,15})$/

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  status: z.enum(ERROR_FILTERS).catch('unresolved'),
  below: z
    .string()
    .transform((given) => {
      const [, at, id] = POSITION.exec(given) ?? []
      return at === undefined || id === undefined ? null : { at: Number(at), id: Number(id) }
    })
    .nullable()
    .catch(null),
})

export function readErrorRequest(query: Record<string, string | string[] | undefined>): ErrorRequest {
  return requestSchema.parse({ below: null, ...query })
}

/** The same view by its address; `changes` replace parts of it. */
export function errorsHref(path: string, request: ErrorRequest, changes: Partial<ErrorRequest> = {}): string {
  const { status, below } = { ...request, ...changes }
  return withQuery(path, {
    status: status === 'unresolved' ? null : status,
    below: below === null ? null : `${below.at}.${below.id}`,
  })
}
