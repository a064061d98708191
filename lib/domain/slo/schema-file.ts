import { z } from 'zod'
import { DURATION_PATTERN, parseDuration, writeDuration } from '../time/duration.ts'
import { DAY } from '../time/instant.ts'
import { COUNTING_OF, indicatorSchema, monitorSelectorSchema, sloSpecSchema, termSchema } from './config.ts'
import { METHODS, type SloSpec } from './slo.ts'

const PERCENT = /^(\d{1,3}(?:\.\d{1,9})?) ?%$/
const percent = z
  .string({ error: 'must be a percentage such as 99.9%' })
  .regex(PERCENT, 'must be a percentage such as 99.9%')
const duration = z
  .string({ error: 'must be a duration such as 5m' })
  .regex(DURATION_PATTERN, 'must be a duration such as 5m')

const selector = monitorSelectorSchema.shape
const fileTerm = z.strictObject({
  metric: termSchema.shape.metric,
  aggregate: termSchema.shape.aggregate.unwrap().optional(),
  where: termSchema.shape.where.unwrap().optional(),
})
const [, latency, , webVital] = indicatorSchema.options

/** An SLO of `vigie.yaml`: exactly one of `availability`, `latency`, `ratio` and `webVital` says what is counted. The key is its name in the map. */
export const sloFileSchema = z
  .strictObject({
    name: sloSpecSchema.shape.name.optional(),
    description: sloSpecSchema.shape.description,
    /** Monitors by key, or all with a tag; all of them when both are left out. */
    availability: z
      .strictObject({
        monitors: selector.keys.unwrap().unwrap().optional(),
        tag: selector.tag.unwrap().unwrap().optional(),
      })
      .optional(),
    /** `threshold` in the unit that the metric is measured in. */
    latency: fileTerm.extend({ threshold: latency.shape.threshold }).optional(),
    ratio: z.strictObject({ good: fileTerm.optional(), bad: fileTerm.optional(), total: fileTerm }).optional(),
    webVital: z
      .strictObject({ vital: webVital.shape.vital, page: webVital.shape.page.unwrap().unwrap().optional() })
      .optional(),
    target: percent,
    /** Rolling days such as `30d`, or a calendar. */
    window: z
      .union([
        duration,
        z.strictObject({
          calendar: z.enum(['week', 'month', 'quarter', 'year']),
          timeZone: z.string().max(64).optional(),
        }),
      ])
      .default('30d'),
    method: z.enum(METHODS).default('occurrences'),
    slice: z.strictObject({ length: duration, target: percent.default('100%') }).optional(),
  })
  .superRefine((slo, context) => {
    const given = (['availability', 'latency', 'ratio', 'webVital'] as const).filter((kind) => slo[kind] !== undefined)
    if (given.length !== 1)
      context.addIssue({ code: 'custom', message: 'needs exactly one of availability, latency, ratio, webVital' })
    const isWhole = typeof slo.window !== 'string' || (parseDuration(slo.window) ?? 0) % DAY === 0
    if (!isWhole) context.addIssue({ code: 'custom', path: ['window'], message: 'must be whole days such as 30d' })
    if (given.length !== 1 || !isWhole) return
    // What only the whole says: that a zone exists, that slices fit the method. The key is checked where it stands.
    const spec = sloSpecSchema.safeParse(toSpecInput('key', slo, 'UTC'))
    for (const { path, message } of spec.error?.issues ?? []) {
      const [field = ''] = path
      context.addIssue({ code: 'custom', path: [field === 'indicator' ? (given[0] ?? '') : field], message })
    }
  })
export type SloFile = z.infer<typeof sloFileSchema>
export type SloFileInput = z.input<typeof sloFileSchema>

export type SloIssue = { path: readonly PropertyKey[]; message: string }
export type ParsedSlo = { ok: true; spec: SloSpec } | { ok: false; issues: SloIssue[] }

/** Reads the form of the file. `timeZone` is the project's, for a calendar that names none. */
export function parseSlo(key: string, input: unknown, timeZone = 'UTC'): ParsedSlo {
  const file = sloFileSchema.safeParse(input)
  if (!file.success) return { ok: false, issues: file.error.issues }
  const spec = sloSpecSchema.safeParse(toSpecInput(key, file.data, timeZone))
  return spec.success ? { ok: true, spec: spec.data } : { ok: false, issues: spec.error.issues }
}

/** An SLO of a file that was checked. */
export function sloOfFile(key: string, file: SloFile, timeZone: string): SloSpec {
  return sloSpecSchema.parse(toSpecInput(key, file, timeZone))
}

/** The form of the file, without what it would assume by itself. */
export function writeSlo(spec: SloSpec): SloFileInput {
  const { name, description, key, method, slice, target, window } = spec
  return {
    ...(name === key ? {} : { name }),
    ...(description === '' ? {} : { description }),
    ...writeIndicator(spec),
    target: writeShare(target),
    window: window.kind === 'rolling' ? `${window.days}d` : { calendar: window.unit, timeZone: window.timeZone },
    ...(method === 'occurrences' ? {} : { method }),
    ...(slice === null ? {} : { slice: { length: writeDuration(slice.lengthMs), target: writeShare(slice.target) } }),
  }
}

function toSpecInput(key: string, file: SloFile, timeZone: string): unknown {
  const { name = key, description, target, window, method, slice } = file
  return {
    key,
    name,
    description,
    method,
    target: readShare(target),
    indicator: toIndicator(file),
    window:
      typeof window === 'string'
        ? { kind: 'rolling', days: (parseDuration(window) ?? 0) / DAY }
        : { kind: 'calendar', unit: window.calendar, timeZone: window.timeZone ?? timeZone },
    slice: slice === undefined ? null : { lengthMs: parseDuration(slice.length), target: readShare(slice.target) },
  }
}

function toIndicator({ availability, latency, ratio, webVital, method }: SloFile): unknown {
  if (availability !== undefined) {
    const monitors = { keys: availability.monitors ?? null, tag: availability.tag ?? null }
    return { kind: 'availability', monitors, counting: COUNTING_OF[method] }
  }
  if (latency !== undefined) {
    const { threshold, ...term } = latency
    return { kind: 'latency', term: tidy(term), threshold }
  }
  if (ratio !== undefined) {
    const { good, bad, total } = ratio
    return { kind: 'ratio', good: good ? tidy(good) : null, bad: bad ? tidy(bad) : null, total: tidy(total) }
  }
  return { kind: 'web_vital', ...webVital }
}

function writeIndicator({ indicator }: SloSpec): Partial<SloFileInput> {
  switch (indicator.kind) {
    case 'availability': {
      const { keys, tag } = indicator.monitors
      return { availability: { ...(keys === null ? {} : { monitors: [...keys] }), ...(tag === null ? {} : { tag }) } }
    }
    case 'latency':
      return { latency: { ...writeTerm(indicator.term), threshold: indicator.threshold } }
    case 'ratio': {
      const { good, bad, total } = indicator
      return {
        ratio: {
          ...(good ? { good: writeTerm(good) } : {}),
          ...(bad ? { bad: writeTerm(bad) } : {}),
          total: writeTerm(total),
        },
      }
    }
    case 'web_vital':
      return { webVital: { vital: indicator.vital, ...(indicator.page === null ? {} : { page: indicator.page }) } }
  }
}

type FileTerm = z.input<typeof fileTerm>

function writeTerm({
  metric,
  aggregate,
  where = {},
}: Extract<SloSpec['indicator'], { kind: 'ratio' }>['total']): FileTerm {
  return {
    metric,
    ...(aggregate === 'count' ? {} : { aggregate }),
    ...(Object.keys(where).length === 0 ? {} : { where: { ...where } }),
  }
}

/** Fields that are not there, rather than undefined ones: a strict object counts them. */
function tidy(term: z.infer<typeof fileTerm>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(term).filter(([, value]) => value !== undefined))
}

/** 99.95% is 0.9995, and not 0.9994999…: as many digits as were written. */
function readShare(text: string): number {
  return Number((Number(PERCENT.exec(text)?.[1] ?? Number.NaN) / 100).toPrecision(12))
}

function writeShare(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`
}
