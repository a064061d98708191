import { z } from 'zod'
import { missingOr } from '../first-issue.ts'

/** Protobuf's JSON lets a sender write `null` for a field that it could as well leave out. */
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((given) => given ?? [])

/** A value is looked at when it is read: most of what a resource says is dropped unseen. */
const keyValues = list(z.object({ key: z.string(), value: z.unknown().optional() }))
const bearer = z
  .object({ attributes: keyValues })
  .nullish()
  .transform((given) => given?.attributes ?? [])
const scope = z
  .object({ name: z.string().nullish(), attributes: keyValues })
  .nullish()
  .transform((given) => ({ name: given?.name ?? '', attributes: given?.attributes ?? [] }))

/** The frame of opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest; metrics are read one by one. */
export const metricsRequestSchema = z.object({
  resourceMetrics: list(
    z.object({ resource: bearer, scopeMetrics: list(z.object({ scope, metrics: list(z.unknown()) })) }),
  ),
})

/** The frame of opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest. */
export const logsRequestSchema = z.object({
  resourceLogs: list(
    z.object({ resource: bearer, scopeLogs: list(z.object({ scope, logRecords: list(z.unknown()) })) }),
  ),
})

/** 64-bit numbers are text in protobuf's JSON; numbers are understood as well. */
const uint64 = z.union(
  [
    z.number().int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,20}$/)
      .transform(Number),
  ],
  'must be a whole number that is not negative, as a number or as text',
)
const int64 = z.union(
  [
    z.number().int(),
    z
      .string()
      .regex(/^-?\d{1,20}$/)
      .transform(Number),
  ],
  'must be a whole number, as a number or as text',
)
/** Nanoseconds since 1970; kept as text where they came as text, which is exact. */
const nanoseconds = z.union(
  [
    z
      .number()
      .nonnegative()
      .max(2 ** 64),
    z.string().regex(/^\d{1,20}$/),
  ],
  'must be nanoseconds since 1970, as text',
)
const double = z.union(
  [
    z.number(),
    z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/)
      .transform(Number),
  ],
  'must be a number',
)
const int32 = z
  .number('must be a whole number')
  .int('must be a whole number')
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)

const point = {
  attributes: keyValues,
  startTimeUnixNano: nanoseconds.nullish(),
  timeUnixNano: nanoseconds.nullish(),
  flags: z.number('must be a whole number').nullish(),
}
export const numberPointSchema = z.object({ ...point, asDouble: double.nullish(), asInt: int64.nullish() })

const distribution = {
  ...point,
  count: uint64.nullish(),
  sum: double.nullish(),
  min: double.nullish(),
  max: double.nullish(),
}
export const histogramPointSchema = z.object({
  ...distribution,
  bucketCounts: list(uint64),
  explicitBounds: list(double),
})
const buckets = z
  .object({ offset: int32.nullish(), bucketCounts: list(uint64) })
  .nullish()
  .transform((given) => ({ offset: given?.offset ?? 0, bucketCounts: given?.bucketCounts ?? [] }))
export const exponentialPointSchema = z.object({
  ...distribution,
  scale: int32.nullish(),
  zeroCount: uint64.nullish(),
  positive: buckets,
  negative: buckets,
})

const points = z.object({
  aggregationTemporality: z.unknown().optional(),
  isMonotonic: z.boolean('must be true or false').nullish(),
  dataPoints: list(z.unknown()),
})
export const metricSchema = z.object({
  name: z.string(missingOr('must be text')).min(1, 'must not be empty'),
  unit: z.string('must be text').nullish(),
  gauge: points.nullish(),
  sum: points.nullish(),
  histogram: points.nullish(),
  exponentialHistogram: points.nullish(),
  summary: points.nullish(),
})

export const logRecordSchema = z.object({
  timeUnixNano: nanoseconds.nullish(),
  observedTimeUnixNano: nanoseconds.nullish(),
  severityNumber: z
    .number('must be a whole number from 0 to 24')
    .int('must be a whole number from 0 to 24')
    .min(0, 'must be a whole number from 0 to 24')
    .max(24, 'must be a whole number from 0 to 24')
    .nullish(),
  severityText: z.string('must be text').nullish(),
  body: z.unknown().optional(),
  attributes: keyValues,
  eventName: z.string('must be text').nullish(),
  traceId: z.string('must be text').nullish(),
  spanId: z.string('must be text').nullish(),
})

export type KeyValue = z.output<typeof keyValues>[number]
export type NumberPoint = z.output<typeof numberPointSchema>
export type HistogramPoint = z.output<typeof histogramPointSchema>
export type ExponentialPoint = z.output<typeof exponentialPointSchema>
export type MetricPoints = z.output<typeof points>
export type ScopeMetrics = z.output<typeof metricsRequestSchema>['resourceMetrics'][number]['scopeMetrics'][number]
