import { z } from 'zod'
import { keySchema } from '../monitor/config.ts'
import { SEVERITIES } from '../monitor/severity.ts'
import { DURATION_PATTERN, parseDuration } from '../time/duration.ts'
import { DAY, SECOND } from '../time/instant.ts'
import { AMOUNT_PATTERN } from './amount.ts'
import { NO_DATA } from './rule.ts'
import { conditionShapes as shape } from './schema-condition.ts'

const NOT_A_DURATION = 'must be a duration such as 30s, 5m or 1h30m'
const NOT_AN_AMOUNT = 'must be a number such as 20, 500ms, 2s, 1% or 64MB'

/** A duration in the file, ms in the program. */
const inMs = (bounds: z.ZodNumber) =>
  z
    .string({ error: NOT_A_DURATION })
    .regex(DURATION_PATTERN, NOT_A_DURATION)
    .transform((text) => parseDuration(text) ?? 0)
    .pipe(bounds)

const window = inMs(shape.windowMs)
/** A number in the unit of what it limits, or text with a unit of its own. */
const amount = z.union([shape.number, z.string().max(40).regex(AMOUNT_PATTERN, NOT_AN_AMOUNT)], {
  error: NOT_AN_AMOUNT,
})
export type FileAmount = z.infer<typeof amount>

/** A limit, or a limit with the one behind which it is well again. */
const limit = z
  .union([amount, z.strictObject({ value: amount, recovery: amount.nullable().default(null) })])
  .nullable()
  .default(null)
export type FileLimit = z.infer<typeof limit>

const limits = { operator: shape.operator, warning: limit, critical: limit }
const measure = { source: shape.source, window }
const monitors = z.strictObject({
  keys: shape.monitors.shape.keys.default(null),
  tag: shape.monitors.shape.tag.default(null),
})

/** A condition in the words of `RuleCondition`, with durations as text and limits with units. */
const fileConditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('threshold'), ...measure, ...limits, minCount: shape.minCount.default(0) }),
  z.strictObject({ kind: z.literal('absence'), term: shape.term, window, level: shape.level.default('critical') }),
  z.strictObject({
    kind: z.literal('consecutive_failures'),
    monitors,
    failures: shape.failures,
    level: shape.level.default('critical'),
  }),
  z.strictObject({
    kind: z.literal('expiry'),
    monitors,
    warningDays: shape.days.default(null),
    criticalDays: shape.days.default(null),
  }),
  z.strictObject({
    kind: z.literal('baseline'),
    ...measure,
    ...limits,
    weeks: shape.weeks.default(4),
    minBaseline: shape.minBaseline.default(0),
  }),
  z.strictObject({
    kind: z.literal('anomaly'),
    ...measure,
    season: shape.season.default('hour_of_day'),
    direction: shape.direction.default('both'),
    sensitivity: shape.sensitivity.default(1),
    cooldown: inMs(shape.cooldownMs).prefault('1d'),
    level: shape.level.default('warning'),
  }),
  z.strictObject({
    kind: z.literal('burn_rate'),
    slo: shape.key,
    windows: z
      .array(z.strictObject({ factor: shape.factor, long: window, short: window }))
      .min(1)
      .max(8),
    minBadEvents: shape.minCount.default(2),
    level: shape.level.default('critical'),
  }),
  z.strictObject({
    kind: z.literal('composite'),
    mode: shape.mode,
    rules: z.array(shape.key).min(1, 'must name a rule').max(50),
    level: shape.level.default('critical'),
  }),
])
export type FileCondition = z.infer<typeof fileConditionSchema>

const wait = z
  .number()
  .int()
  .min(0)
  .max(30 * DAY, 'must be at most 30 days')
  .multipleOf(SECOND, 'must be whole seconds')
const severity = z.enum(SEVERITIES)

/** Each alert an incident of its own. A word, because an empty list means the opposite in Alertmanager: all of them together. */
export const ALONE = 'alone'
/** Names stand between commas and parentheses in the editor. */
const label = shape.name.regex(/^[^\s,()]([^,()]*[^\s,()])?$/, 'must be a name without commas and parentheses')
const labels = z.array(label).max(8, 'must have at most 8 entries')
const incidentBy = z.union([
  z.literal(ALONE),
  labels
    .min(1, 'must name a label, or be alone')
    .refine((names) => !names.includes(ALONE), 'must be alone by itself, and not in a list'),
])
const inhibitor = z.union([shape.key, z.strictObject({ rule: shape.key, equal: labels.default([]) })])

/** How bad a level is where a rule does not say: a warning is looked at in the day, a critical alert at once. */
export const DEFAULT_SEVERITIES = { warning: 'medium', critical: 'high' } as const
/** More alerts than this at once are one problem, and nobody reads them. */
export const DEFAULT_GROUP_LIMIT = 20

/**
 * A rule as people write it, in YAML and over the API; its key stands outside, as the name of the entry. What triggers it is one line (`when`)
 * or the same in parts (`condition`).
 */
export const ruleFileSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'must not be empty').max(120, 'must have at most 120 characters').optional(),
    enabled: z.boolean().default(true),
    when: z.string().trim().min(1, 'must not be empty').max(2_000, 'must have at most 2,000 characters').optional(),
    condition: fileConditionSchema.optional(),
    /** Attributes that split it into one alert a combination of values. */
    by: z.array(shape.name).max(8, 'must have at most 8 entries').optional(),
    groupLimit: z
      .number()
      .int()
      .min(1, 'must be at least 1')
      .max(500, 'must be at most 500')
      .default(DEFAULT_GROUP_LIMIT),
    for: inMs(wait).optional(),
    keepFiringFor: inMs(wait).optional(),
    noData: z.enum(NO_DATA).default('keep'),
    severity: z
      .strictObject({
        warning: severity.default(DEFAULT_SEVERITIES.warning),
        critical: severity.default(DEFAULT_SEVERITIES.critical),
      })
      .prefault({}),
    /** Keys of channels; none leaves it to the routing by severity. */
    notify: z.array(z.string().min(1).max(63)).max(50).default([]),
    /** At most one page in so long. */
    throttle: inMs(wait).prefault('0s'),
    /** Told again while nobody acknowledges. */
    repeat: inMs(wait).prefault('0s'),
    /** Labels and attributes whose values decide which alerts share an incident; none leaves it to what they have in common. */
    incidentBy: incidentBy.nullable().default(null),
    /** Rules that keep this one quiet while they fire. */
    inhibitedBy: z.array(inhibitor).max(10, 'must have at most 10 entries').default([]),
    runbook: z.string().trim().max(2_000).default(''),
    labels: z.record(z.string().min(1).max(63), z.string().max(255)).default({}),
  })
  .refine(({ when, condition }) => (when === undefined) !== (condition === undefined), {
    path: ['when'],
    error: 'needs exactly one of when, condition',
  })
export type RuleFile = z.infer<typeof ruleFileSchema>

export const ruleKeySchema = keySchema
