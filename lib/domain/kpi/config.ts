import { z } from 'zod'
import { isCronExpression } from '../time/cron.ts'
import { isTimeZone } from '../time/format-zoned.ts'

/** Every metric of this prefix is a figure of the business; what follows it is the key. */
export const METRIC_PREFIX = 'business.'

/** Every hour. */
export const DEFAULT_SCHEDULE = '0 * * * *'

/** With underscores and points, unlike other keys: it is the end of a metric's name. */
export const kpiKeySchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(63, 'must have at most 63 characters')
  .regex(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/,
    'must be lower-case letters, digits, points, dashes and underscores, such as active_users',
  )
  .refine((key) => key !== 'new', 'must not be "new": the page that makes one stands at that address')

const limit = z.number('must be a number').min(-1e100).max(1e100).nullable().default(null)

const shared = {
  key: kpiKeySchema,
  name: z.string().trim().min(1, 'must not be empty').max(120, 'must have at most 120 characters'),
  /** A word (`users`) or a UCUM unit; empty for a bare number. */
  unit: z.string().trim().max(63, 'must have at most 63 characters').default(''),
  /** Below or above it the figure is worth a look; nobody is paged. */
  lowerLimit: limit,
  upperLimit: limit,
}

const sql = {
  query: z.string().trim().min(1, 'must not be empty').max(10_000, 'must have at most 10,000 characters'),
  schedule: z
    .string()
    .trim()
    .max(100)
    .refine(isCronExpression, 'must be a cron expression of five fields such as 0 * * * *')
    .default(DEFAULT_SCHEDULE),
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Paris').default('UTC'),
}

/** The fields by themselves, for the file's own words about them. */
export const kpiSpecShapes = { shared, sql }

/** What people set of a KPI. The connection string is not part of it: it lives encrypted beside it. */
export const kpiSpecSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...shared, kind: z.literal('sql'), ...sql }),
    z.strictObject({ ...shared, kind: z.literal('pushed') }),
  ])
  .refine(({ lowerLimit, upperLimit }) => lowerLimit === null || upperLimit === null || lowerLimit <= upperLimit, {
    path: ['upperLimit'],
    error: 'must not be below the lower limit',
  })
export type KpiSpec = z.infer<typeof kpiSpecSchema>

/** What is sealed beside a KPI. */
export const kpiSecretsSchema = z.strictObject({ database: z.string().optional() })
export type KpiSecrets = z.infer<typeof kpiSecretsSchema>
