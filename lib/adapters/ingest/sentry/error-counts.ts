import { z } from 'zod'
import { HOUR } from '../../../domain/time/instant.ts'
import type { CountedErrors, CountedHour } from '../../../ports/error-counter.ts'
import { readJson } from '../read-json.ts'

/** https://docs.sentry.io/api/organizations/retrieve-event-counts-for-an-organization-v2/ */
const statsSchema = z.object({
  intervals: z.array(z.iso.datetime({ offset: true })),
  groups: z.array(z.object({ series: z.object({ 'sum(quantity)': z.array(z.number().nonnegative()) }) })),
})

/** Errors by whole hours of what `stats_v2` answers. Hours that end after `until` are left out: their counts still grow. */
export function readErrorCounts(text: string, span: { from: number; until: number }): CountedErrors {
  const json = readJson(text)
  const parsed = json.ok ? statsSchema.safeParse(json.value) : null
  if (!parsed?.success) return { ok: false, problem: 'unreadable' }
  const { intervals, groups } = parsed.data
  const hours: CountedHour[] = intervals.map((interval, index) => ({
    startAt: Date.parse(interval),
    count: groups.reduce((sum, { series }) => sum + (series['sum(quantity)'][index] ?? 0), 0),
  }))
  const isWhole = ({ startAt }: CountedHour) => startAt >= span.from && startAt + HOUR <= span.until
  return { ok: true, hours: hours.filter(isWhole) }
}

/** https://docs.sentry.io/api/projects/retrieve-a-project/ : the counts are asked for by number, people know the slug. */
export function readProjectId(text: string): string | null {
  const json = readJson(text)
  const parsed = json.ok ? z.object({ id: z.string().regex(/^\d{1,20}$/) }).safeParse(json.value) : null
  return parsed?.success ? parsed.data.id : null
}
