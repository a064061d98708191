import { z } from 'zod'
import { LEVEL_NAMES } from '@/lib/domain/log/level.ts'
import { LOG_RANGES, LOG_STATUSES, type LogRequest } from '@/lib/queries/logs.ts'

const text = z.string().trim().min(1).max(200).nullable().catch(null)
const instant = z.coerce.number().int().positive().max(8.64e15).nullable().catch(null)
/** `<ms>.<uuid>` */
const POSITION = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  level: z.enum(LEVEL_NAMES).nullable().catch(null),
  status: z.enum(LOG_STATUSES).nullable().catch(null),
  service: text,
  request: text,
  q: text,
  range: z.enum(LOG_RANGES).catch('1h'),
  from: instant,
  to: instant,
  at: instant,
  below: z
    .string()
    .transform((given) => {
      const [, at, id] = POSITION.exec(given) ?? []
      return at === undefined || id === undefined ? null : { at: Number(at), id }
    })
    .nullable()
    .catch(null),
})

const NOTHING = {
  level: null,
  status: null,
  service: null,
  request: null,
  q: null,
  from: null,
  to: null,
  at: null,
  below: null,
}

export function readLogRequest(query: Record<string, string | string[] | undefined>): LogRequest {
  return requestSchema.parse({ ...NOTHING, ...query })
}

/** The same view by its address; `changes` replace parts of it. */
export function logsHref(path: string, request: LogRequest, changes: Partial<LogRequest> = {}): string {
  const { below, ...rest } = { ...request, ...changes }
  const given = Object.entries(rest).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))
  if (below !== null) given.push(['below', `${below.at}.${below.id}`])
  return `${path}?${new URLSearchParams(given)}`
}
