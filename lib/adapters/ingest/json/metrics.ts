import { z } from 'zod'
import type { HistogramSample, ScalarSample, SeriesIdentity } from '../../../domain/series/sample.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ReadTelemetry } from '../../../ports/telemetry-format.ts'
import type { RejectionCode } from '../../../ports/telemetry-store.ts'
import { firstIssue, missingOr } from '../first-issue.ts'
import { keyOf } from '../histogram-key.ts'
import { MAGNITUDE_MAX, NAME_LENGTH_MAX, UNIT_LENGTH_MAX } from '../limits.ts'
import { toPlainText } from '../plain-text.ts'
import { readJson } from '../read-json.ts'
import { createRefusalList, type RefusalList } from '../refusal-list.ts'
import { toSeriesAttributes } from '../series-attributes.ts'
import { createSeriesList, type SeriesList } from '../series-list.ts'
import { cleanText } from '../text.ts'
import { NO_TIME_TEXT, parseTime } from './parse-time.ts'

const finite = `must be a finite number, at most ${MAGNITUDE_MAX}`
const time = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null) return null
    const at = parseTime(value)
    if (at === null) context.addIssue({ code: 'custom', message: NO_TIME_TEXT })
    return at
  })
/** Strict: a misspelt field would otherwise be lost without a word. */
const item = z.strictObject(
  {
    name: z
      .string(missingOr('must be text'))
      .min(1, 'must not be empty')
      .max(NAME_LENGTH_MAX, `may have ${NAME_LENGTH_MAX} characters`),
    value: z.number(missingOr(finite)).min(-MAGNITUDE_MAX, finite).max(MAGNITUDE_MAX, finite),
    type: z.enum(['gauge', 'counter', 'histogram'], 'must be gauge, counter or histogram').default('gauge'),
    unit: z.string('must be text').max(UNIT_LENGTH_MAX, `may have ${UNIT_LENGTH_MAX} characters`).default(''),
    at: time,
    attributes: z
      .record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean(), z.null()], 'must be text, a number, true or false'),
      )
      .default({}),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? 'has a field that is not known; known are name, value, type, unit, at and attributes'
        : undefined,
  },
)
type Item = z.output<typeof item>

/**
 * The metrics call for people with curl: `{"metrics": [{"name", "value", "type"?, "unit"?, "at"?, "attributes"?}]}`, a list of such
 * items, or one of them. A counter's value is what came since the last call; a histogram's is one measurement.
 */
export function readJsonMetrics(text: string, receivedAt: Instant): ReadTelemetry {
  const json = readJson(text)
  if (!json.ok) return json
  const items = listItems(json.value)
  if (items === null) return { ok: false, field: 'metrics', message: 'must be a list' }
  const list = createSeriesList()
  const refusals = createRefusalList()
  let hasOwnTimes = true
  for (const { given, path } of items) {
    const parsed = item.safeParse(given)
    if (!parsed.success) refusals.add({ ...firstIssue(parsed.error, path), code: 'invalid', count: 1 })
    else {
      if (parsed.data.at === null) hasOwnTimes = false
      addItem(list, refusals, parsed.data, parsed.data.at ?? receivedAt, path)
    }
  }
  return {
    ok: true,
    reading: {
      series: list.series(),
      logs: [],
      refusals: refusals.told(),
      rejections: refusals.rejections(),
      mergedCount: list.mergedCount(),
      hasOwnTimes,
      warning: null,
    },
  }
}

function listItems(value: unknown): { given: unknown; path: string }[] | null {
  if (Array.isArray(value)) return value.map((given, index) => ({ given, path: `[${index}]` }))
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'metrics'))
    return [{ given: value, path: '' }]
  const { metrics } = value as { metrics: unknown }
  return Array.isArray(metrics) ? metrics.map((given, index) => ({ given, path: `metrics[${index}]` })) : null
}

function addItem(list: SeriesList, refusals: RefusalList, given: Item, at: Instant, path: string): void {
  const refuse = (field: string, message: string, code: RejectionCode) =>
    refusals.add({ field: path === '' ? field : `${path}.${field}`, message, code, count: 1 })
  const { type: kind, value } = given
  if (kind !== 'gauge' && value < 0) {
    refuse('value', `must not be negative for a ${kind}`, 'invalid')
    return
  }
  const map = new Map(Object.entries(given.attributes).map(([name, one]) => [cleanText(name), toPlainText(one)]))
  const facts = toSeriesAttributes(map)
  if (!facts.ok) {
    refuse(facts.field, facts.message, facts.code)
    return
  }
  const { environment, attributes } = facts
  const temporality = kind === 'gauge' ? null : 'delta'
  const [name, unit] = [cleanText(given.name), cleanText(given.unit)]
  const series: SeriesIdentity = { kind, temporality, name, unit, environment, attributes }
  if (kind === 'histogram') list.addHistogram({ ...series, kind }, toHistogramSample(at, value))
  else list.addScalar({ ...series, kind }, toScalarSample(at, value))
}

function toScalarSample(at: Instant, value: number): ScalarSample {
  return { at, startAt: null, value }
}

function toHistogramSample(at: Instant, value: number): HistogramSample {
  const histogram = { keys: [keyOf(value)], counts: [1] }
  return { at, startAt: null, count: 1, sum: value, min: value, max: value, histogram }
}
