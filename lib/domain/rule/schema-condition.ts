import { z } from 'zod'
import { explainIssue, flattenIssues } from '../monitor/schema-issues.ts'
import { AGGREGATES } from '../series/question.ts'
import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import { LEVELS, type LevelLimits, OPERATORS, type RuleCondition } from './condition.ts'

const name = z.string().min(1, 'must not be empty').max(255, 'must have at most 255 characters')
/** As many as a sentence holds. */
const FAULTS = 3
/** Keys of monitors, SLOs and rules: whether there is such a thing is another question (`checkRule`). */
const key = z.string().min(1, 'must not be empty').max(63, 'must have at most 63 characters')
const text = z.string().max(1_000, 'must have at most 1,000 characters')
const number = z.number('must be a number').min(-1e100).max(1e100)

const term = z.strictObject({
  metric: name,
  aggregate: z.enum(AGGREGATES),
  where: z.record(name, z.union([text, z.null(), z.strictObject({ prefix: text })])).exactOptional(),
})
const source = z.strictObject({ of: term, per: term.exactOptional(), isRest: z.boolean().exactOptional() })

const monitors = z
  .strictObject({
    keys: z.array(key).min(1, 'must name a monitor, or be null').max(200).nullable(),
    tag: z.string().min(1, 'must not be empty').max(40).nullable(),
  })
  .refine(({ keys, tag }) => keys === null || tag === null, 'must name monitors by keys or by a tag, not both')

/** Whole minutes, as evaluations are; no more than what is kept of hours. */
const windowMs = z
  .number()
  .int()
  .min(MINUTE, 'must be at least 1 min')
  .max(90 * DAY, 'must be at most 90 days')
  .multipleOf(MINUTE, 'must be whole minutes')

const limit = z.strictObject({ value: number, recovery: number.nullable() }).nullable()
const limits = { operator: z.enum(OPERATORS), warning: limit, critical: limit }
const level = z.enum(LEVELS)
const days = z.number().int('must be whole days').min(0).max(3_650).nullable()

/** The fields by themselves, for the file's own words about them. */
export const conditionShapes = {
  name,
  key,
  number,
  term,
  source,
  monitors,
  windowMs,
  operator: limits.operator,
  level,
  days,
  minCount: z.number().int('must be a whole number').min(0).max(1e9),
  failures: z.number().int('must be a whole number').min(1, 'must be at least 1').max(100, 'must be at most 100'),
  weeks: z.number().int('must be whole weeks').min(2, 'must be at least 2').max(12, 'must be at most 12'),
  minBaseline: number.min(0, 'must not be below 0'),
  season: z.enum(['hour_of_day', 'hour_of_week']),
  direction: z.enum(['up', 'down', 'both']),
  sensitivity: z.number('must be a number').min(0.1, 'must be at least 0.1').max(10, 'must be at most 10'),
  cooldownMs: z
    .number()
    .int()
    .min(0)
    .max(7 * DAY, 'must be at most 7 days')
    .multipleOf(HOUR, 'must be whole hours'),
  factor: z.number('must be a number').positive('must be above 0').max(1e6),
  mode: z.enum(['all', 'any']),
} as const

const shape = conditionShapes
const measure = { source, windowMs }

/** A rule's condition as it is stored: `RuleCondition`, word by word. Durations in ms, limits in the unit of what they limit. */
export const ruleConditionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('threshold'), ...measure, ...limits, minCount: shape.minCount }),
    z.strictObject({ kind: z.literal('absence'), term, windowMs, level }),
    z.strictObject({ kind: z.literal('consecutive_failures'), monitors, failures: shape.failures, level }),
    z.strictObject({ kind: z.literal('expiry'), monitors, warningDays: days, criticalDays: days }),
    z.strictObject({
      kind: z.literal('baseline'),
      ...measure,
      ...limits,
      weeks: shape.weeks,
      minBaseline: shape.minBaseline,
    }),
    z.strictObject({
      kind: z.literal('anomaly'),
      ...measure,
      season: shape.season,
      direction: shape.direction,
      sensitivity: shape.sensitivity,
      cooldownMs: shape.cooldownMs,
      level,
    }),
    z.strictObject({
      kind: z.literal('burn_rate'),
      slo: key,
      windows: z
        .array(z.strictObject({ factor: shape.factor, longMs: windowMs, shortMs: windowMs }))
        .min(1)
        .max(8),
      minBadEvents: shape.minCount,
      level,
    }),
    z.strictObject({
      kind: z.literal('composite'),
      mode: shape.mode,
      rules: z.array(key).min(1, 'must name a rule').max(50),
      level,
    }),
  ])
  .superRefine((condition, context) => {
    const fault = faultOf(condition)
    if (fault !== null) context.addIssue({ code: 'custom', path: [fault.field], message: fault.message })
  })
type StoredCondition = z.infer<typeof ruleConditionSchema>

/** What no field says by itself. */
function faultOf(condition: StoredCondition): { field: string; message: string } | null {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
      return hasLimit(condition) ? null : { field: 'critical', message: 'is missing: a warning or a critical limit' }
    case 'expiry': {
      const { warningDays, criticalDays } = condition
      if (warningDays === null && criticalDays === null)
        return { field: 'criticalDays', message: 'is missing: days of a warning or of a critical alert' }
      const isInOrder = warningDays === null || criticalDays === null || criticalDays < warningDays
      return isInOrder ? null : { field: 'criticalDays', message: `must be less than warningDays, ${warningDays}` }
    }
    case 'burn_rate': {
      const wrong = condition.windows.find(({ longMs, shortMs }) => shortMs >= longMs)
      return wrong === undefined
        ? null
        : { field: 'windows', message: 'must each have a short window shorter than the long one' }
    }
    default:
      return null
  }
}

function hasLimit({ warning, critical }: Pick<LevelLimits, 'warning' | 'critical'>): boolean {
  return warning !== null || critical !== null
}

export type StoredConditionAnswer = { ok: true; condition: RuleCondition } | { ok: false; reason: string }

/**
 * Reads what is stored. Where it is no condition, it was written past the application or by another version of it; `reason` says which fields
 * are wrong, without a full stop.
 */
export function readCondition(stored: unknown): StoredConditionAnswer {
  const parsed = ruleConditionSchema.safeParse(stored, { error: explainIssue })
  if (parsed.success) return { ok: true, condition: parsed.data }
  const faults = flattenIssues(parsed.error).map(({ path, message }) => [...path, message].join(' '))
  return { ok: false, reason: `its condition cannot be read: ${faults.slice(0, FAULTS).join('; ')}` }
}
