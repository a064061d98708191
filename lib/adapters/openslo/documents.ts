import { z } from 'zod'

/**
 * The documents of OpenSLO v1 that Vigie reads (README of OpenSLO/OpenSLO), as far as it reads them. Fields that it does not know are passed
 * over: the format may carry whatever others need.
 */
const name = z
  .string({ error: 'must be a name' })
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be lower-case letters, digits and dashes, at most 63 (RFC 1123)')
const metadata = z.object({ name, displayName: z.string().max(120).optional() })

const metricSource = z.object({
  metricSource: z.object({
    type: z
      .string({ error: 'must be vigie: only what Vigie measures itself can be counted' })
      .refine(
        (type) => type.toLowerCase() === 'vigie',
        'must be vigie: Vigie counts its own series and probes and asks no other system',
      ),
    spec: z.record(z.string(), z.unknown()),
  }),
})

const indicatorSpec = z
  .object({
    thresholdMetric: metricSource.optional(),
    ratioMetric: z
      .object({
        counter: z.boolean().optional(),
        good: metricSource.optional(),
        bad: metricSource.optional(),
        total: metricSource.optional(),
        raw: z.never({ error: 'is not read: give good or bad, and total' }).optional(),
      })
      .refine(({ good, bad }) => (good === undefined) !== (bad === undefined), 'needs exactly one of good, bad')
      .refine(({ total }) => total !== undefined, { path: ['total'], error: 'is missing' })
      .optional(),
  })
  .refine(
    ({ thresholdMetric, ratioMetric }) => (thresholdMetric === undefined) !== (ratioMetric === undefined),
    'needs exactly one of thresholdMetric, ratioMetric',
  )
export type IndicatorSpec = z.infer<typeof indicatorSpec>

const duration = z.string().regex(/^[1-9]\d{0,4}[mhdwMQY]$/, 'must be a duration such as 30d')

const alertCondition = z.object({
  severity: z.string().min(1, 'is missing'),
  condition: z.object({
    kind: z.literal('burnrate', { error: 'must be burnrate' }),
    op: z
      .enum(['gte', 'gt'], { error: 'must be gte or gt: an alert is on a budget that goes too fast' })
      .default('gte'),
    threshold: z.number('must be a number').positive('must be above zero'),
    lookbackWindow: duration,
    alertAfter: z
      .string()
      .regex(/^\d{1,5}[mhdw]$/, 'must be a duration such as 5m')
      .default('0m'),
  }),
})
const inlineCondition = z.object({ kind: z.literal('AlertCondition'), metadata, spec: alertCondition })
const alertPolicy = z.object({
  conditions: z
    .array(z.union([z.object({ conditionRef: name }), inlineCondition]))
    .length(1, 'must hold exactly one condition'),
})
const inlinePolicy = z.object({ kind: z.literal('AlertPolicy'), metadata, spec: alertPolicy })

const objective = z.object({
  op: z.enum(['lte', 'lt', 'gte', 'gt']).optional(),
  value: z.number('must be a number').optional(),
  target: z.number('must be a number').gt(0, 'must be above 0').lt(1, 'must be below 1').optional(),
  targetPercent: z.number('must be a number').gt(0, 'must be above 0').lt(100, 'must be below 100').optional(),
  timeSliceTarget: z.number().gt(0).max(1).optional(),
  timeSliceWindow: duration.optional(),
})

const timeWindow = z.object({
  duration,
  isRolling: z.boolean().default(true),
  calendar: z.object({ startTime: z.string().optional(), timeZone: z.string() }).optional(),
})
export type TimeWindow = z.infer<typeof timeWindow>

const sloSpec = z.object({
  description: z.string().max(1_050, 'must have at most 1,050 characters').default(''),
  indicator: z.object({ metadata: metadata.optional(), spec: indicatorSpec }).optional(),
  indicatorRef: name.optional(),
  timeWindow: z.array(timeWindow).length(1, 'must hold exactly one window'),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices'], {
    error: 'must be Occurrences, Timeslices or RatioTimeslices',
  }),
  objectives: z
    .array(objective)
    .length(1, 'must hold exactly one objective: an SLO of Vigie has one target, so write one document for each'),
  alertPolicies: z.array(z.union([name, z.object({ alertPolicyRef: name }), inlinePolicy])).default([]),
})
export type SloDocumentSpec = z.infer<typeof sloSpec>

const version = z.literal('openslo/v1', { error: 'must be openslo/v1' })

export const documentSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ apiVersion: version, kind: z.literal('SLO'), metadata, spec: sloSpec }),
    z.object({ apiVersion: version, kind: z.literal('SLI'), metadata, spec: indicatorSpec }),
    z.object({ apiVersion: version, kind: z.literal('AlertPolicy'), metadata, spec: alertPolicy }),
    z.object({ apiVersion: version, kind: z.literal('AlertCondition'), metadata, spec: alertCondition }),
    // Nothing that counts stands in them.
    z.object({ apiVersion: version, kind: z.enum(['Service', 'DataSource', 'AlertNotificationTarget']), metadata }),
  ],
  { error: 'kind must be SLO, SLI, AlertPolicy, AlertCondition, Service, DataSource or AlertNotificationTarget' },
)
export type OpenSloDocument = z.infer<typeof documentSchema>
