import { z } from 'zod'
import { keySchema } from '../monitor/config.ts'
import { AGGREGATES } from '../series/question.ts'
import { isTimeZone } from '../time/format-zoned.ts'
import { HOUR, MINUTE } from '../time/instant.ts'
import { METHODS, type Method } from './slo.ts'

/** Pages stand at these addresses. The same list stands in the database. */
const TAKEN_KEYS = ['new', 'import', 'openslo']

export const sloKeySchema = keySchema.refine(
  (key) => !TAKEN_KEYS.includes(key),
  'must not be "new", "import" or "openslo": pages stand at those addresses',
)

/** Slices of a day that everybody cuts alike: at multiples of their length in UTC. */
export const SLICE_LENGTHS_MS = [1, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE)

/** What `counting` of an availability is under each method: by probes, by the clock, or by slices. */
export const COUNTING_OF = {
  occurrences: 'count',
  ratio_timeslices: 'time',
  timeslices: 'slices',
} as const satisfies Record<Method, string>

const metric = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')
const condition = z.union([z.string().max(1_000), z.null(), z.strictObject({ prefix: z.string().min(1).max(1_000) })])
export const termSchema = z.strictObject({
  metric,
  aggregate: z.enum(AGGREGATES).default('count'),
  where: z.record(z.string().min(1).max(200), condition).default({}),
})

export const monitorSelectorSchema = z
  .strictObject({
    keys: z.array(keySchema).min(1, 'must name a monitor, or be null for all').max(200).nullable().default(null),
    tag: z.string().trim().min(1).max(63).nullable().default(null),
  })
  .refine(({ keys, tag }) => keys === null || tag === null, { path: ['tag'], error: 'must not stand beside keys' })

const page = z.string().trim().min(1, 'must not be empty').max(1_000).nullable().default(null)
const threshold = z.number('must be a number').positive('must be above zero').max(1e12)

/** The indicators as they are stored. */
export const indicatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('availability'),
    monitors: monitorSelectorSchema,
    counting: z.enum(['count', 'time', 'slices']),
  }),
  z.strictObject({ kind: z.literal('latency'), term: termSchema, threshold }),
  z
    .strictObject({
      kind: z.literal('ratio'),
      good: termSchema.nullable(),
      bad: termSchema.nullable(),
      total: termSchema,
    })
    .refine(({ good, bad }) => (good === null) !== (bad === null), {
      path: ['good'],
      error: 'needs exactly one of good, bad',
    }),
  z.strictObject({ kind: z.literal('web_vital'), vital: z.enum(['lcp', 'inp', 'cls', 'fcp', 'ttfb']), page }),
])

export const windowSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rolling'),
    days: z.number().int('must be whole days').min(1, 'must be at least 1 day').max(365, 'must be at most 365 days'),
  }),
  z.strictObject({
    kind: z.literal('calendar'),
    unit: z.enum(['week', 'month', 'quarter', 'year']),
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Paris'),
  }),
])

export const targetSchema = z
  .number('must be a number')
  .gt(0, 'must be above 0%: that could never be missed')
  .lt(1, 'must be below 100%: there would be no budget, and the first failure would break it for good')

export const sliceSchema = z.strictObject({
  lengthMs: z
    .number()
    .refine((length) => SLICE_LENGTHS_MS.includes(length), 'must be 1m, 5m, 10m, 15m, 30m or 1h')
    .max(HOUR),
  target: z.number('must be a number').gt(0, 'must be above 0%').max(1, 'must be at most 100%'),
})

/** What people set of an SLO. */
export const sloSpecSchema = z
  .strictObject({
    key: sloKeySchema,
    name: z.string().trim().min(1, 'must not be empty').max(120, 'must have at most 120 characters'),
    description: z.string().trim().max(1_050, 'must have at most 1,050 characters').default(''),
    indicator: indicatorSchema,
    method: z.enum(METHODS),
    window: windowSchema,
    target: targetSchema,
    slice: sliceSchema.nullable().default(null),
  })
  .superRefine(({ method, slice, indicator }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (method === 'occurrences' && slice !== null) say('slice', 'does not belong to the method occurrences')
    if (method !== 'occurrences' && slice === null) say('slice', `is missing: ${method} needs slices`)
    if (indicator.kind === 'availability' && indicator.counting !== COUNTING_OF[method])
      say('method', `does not count by ${indicator.counting}: that is another method`)
  })
