import type { z } from 'zod'
import type { HistogramSample, ScalarSample, SeriesIdentity } from '../../../domain/series/sample.ts'
import { firstIssue } from '../first-issue.ts'
import type { RefusalList } from '../refusal-list.ts'
import { toSeriesAttributes } from '../series-attributes.ts'
import type { SeriesList } from '../series-list.ts'
import { withAttributes } from './attributes.ts'
import { readExponentialPoint } from './exponential-point.ts'
import { readHistogramPoint } from './histogram-point.ts'
import type { MetricData, MetricHead } from './metric-data.ts'
import { readNumberPoint } from './number-point.ts'
import { hasNoValue, type SampleReading } from './sample-facts.ts'
import { exponentialPointSchema, histogramPointSchema, type KeyValue, numberPointSchema } from './schema.ts'

/** Where what was read and what was refused goes. */
export interface MetricsInto {
  list: SeriesList
  refusals: RefusalList
}

/** A series but for what its points add. */
export type SeriesHead = MetricHead & Pick<SeriesIdentity, 'name' | 'unit'>

type Field = Extract<MetricData, { ok: true }>['field']
type Sample = ScalarSample | HistogramSample

/** Checks a point of any kind, and reads it. Null for one that says only that its series ended. */
type PointReading = { attributes: readonly KeyValue[]; reading: SampleReading<Sample> } | null | z.ZodError

/** Reads the points of one metric, each for itself. */
export function readPoints(
  { list, refusals }: MetricsInto,
  head: SeriesHead,
  { field, points }: { field: Field; points: readonly unknown[] },
  shared: ReadonlyMap<string, string>,
  path: string,
): void {
  for (const [index, given] of points.entries()) {
    const place = `${path}.dataPoints[${index}]`
    const point = readPoint(given, field, head)
    if (point === null) continue
    if (point instanceof Error) {
      refusals.add({ ...firstIssue(point, place), code: 'invalid', count: 1 })
      continue
    }
    const { attributes, reading } = point
    if (!reading.ok) {
      const { field: name, message } = reading.fault
      refusals.add({ field: `${place}.${name}`, message, code: 'invalid', count: 1 })
      continue
    }
    const facts = toSeriesAttributes(withAttributes(shared, attributes))
    if (!facts.ok) {
      refusals.add({ field: `${place}.${facts.field}`, message: facts.message, code: facts.code, count: 1 })
      continue
    }
    const series: SeriesIdentity = { ...head, environment: facts.environment, attributes: facts.attributes }
    if ('histogram' in reading.sample) list.addHistogram({ ...series, kind: 'histogram' }, reading.sample)
    else list.addScalar({ ...series, kind: head.kind === 'gauge' ? 'gauge' : 'counter' }, reading.sample)
  }
}

function readPoint(given: unknown, field: Field, { kind, temporality }: SeriesHead): PointReading {
  if (field === 'gauge' || field === 'sum') {
    const parsed = numberPointSchema.safeParse(given)
    if (!parsed.success) return parsed.error
    if (hasNoValue(parsed.data.flags)) return null
    return { attributes: parsed.data.attributes, reading: readNumberPoint(parsed.data, kind === 'counter') }
  }
  const span = temporality ?? 'delta'
  if (field === 'histogram') {
    const parsed = histogramPointSchema.safeParse(given)
    if (!parsed.success) return parsed.error
    if (hasNoValue(parsed.data.flags)) return null
    return { attributes: parsed.data.attributes, reading: readHistogramPoint(parsed.data, span) }
  }
  const parsed = exponentialPointSchema.safeParse(given)
  if (!parsed.success) return parsed.error
  if (hasNoValue(parsed.data.flags)) return null
  return { attributes: parsed.data.attributes, reading: readExponentialPoint(parsed.data, span) }
}
