import { z } from 'zod'
import { withQuery } from '@/app/_session/query.ts'
import { DEVICES } from '@/lib/domain/vital/visitor-facts.ts'
import { VITALS } from '@/lib/domain/vital/vital.ts'
import { PAGE_ORDERS, VITAL_RANGES, type VitalRequest } from '@/lib/queries/vitals.ts'

const text = z.string().min(1).max(200).nullable().catch(null)

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  range: z.enum(VITAL_RANGES).catch('28d'),
  metric: z.enum(VITALS).catch('lcp'),
  device: z.enum(DEVICES).nullable().catch(null),
  country: text,
  release: text,
  order: z.enum(PAGE_ORDERS).catch('worst'),
})

const PLAIN = requestSchema.parse({})

export function readVitalRequest(query: Record<string, string | string[] | undefined>): VitalRequest {
  return requestSchema.parse(query)
}

/** The same view by its address, plain where it is as it is at first; `changes` replace parts of it. */
export function vitalsHref(path: string, request: VitalRequest, changes: Partial<VitalRequest> = {}): string {
  const wanted = { ...request, ...changes }
  const names = Object.keys(PLAIN) as (keyof VitalRequest)[]
  return withQuery(
    path,
    Object.fromEntries(names.map((name) => [name, wanted[name] === PLAIN[name] ? null : wanted[name]])),
  )
}
