import { z } from 'zod'
import { withQuery } from '@/app/_session/query.ts'
import { LEVELS } from '@/lib/domain/rule/condition.ts'
import type { AlertCursor } from '@/lib/ports/rule-reader.ts'
import type { AlertRequest } from '@/lib/queries/alerts.ts'

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  status: z.enum(['firing', 'resolved']).nullable().catch(null),
  subject: z.enum(['rule', 'monitor']).nullable().catch(null),
  level: z.enum(LEVELS).nullable().catch(null),
  rule: z.string().min(1).max(63).nullable().catch(null),
  before: z.string().max(120).nullable().catch(null),
  after: z.string().max(120).nullable().catch(null),
})

export function readAlertRequest(query: Record<string, string | string[] | undefined>): AlertRequest {
  const { before, after, ...filters } = requestSchema.parse(query)
  const below = readCursor(before)
  return { ...filters, below, above: below === null ? readCursor(after) : null }
}

/** The same view by its address; `changes` replace parts of it. */
export function alertsHref(path: string, request: AlertRequest, changes: Partial<AlertRequest> = {}): string {
  const { status, subject, level, rule, below, above } = { ...request, ...changes }
  return withQuery(path, { status, subject, level, rule, before: writeCursor(below), after: writeCursor(above) })
}

const cursorSchema = z.object({ at: z.string().refine((at) => !Number.isNaN(Date.parse(at))), id: z.uuid() })

function readCursor(text: string | null): AlertCursor | null {
  if (text === null) return null
  const split = text.lastIndexOf('~')
  return cursorSchema.safeParse({ at: text.slice(0, split), id: text.slice(split + 1) }).data ?? null
}

function writeCursor(cursor: AlertCursor | null): string | null {
  return cursor === null ? null : `${cursor.at}~${cursor.id}`
}
