import type { ReadTelemetry } from '../../../ports/telemetry-format.ts'
import { firstIssue } from '../first-issue.ts'
import { NAME_LENGTH_MAX, UNIT_LENGTH_MAX } from '../limits.ts'
import { readJson } from '../read-json.ts'
import { createRefusalList } from '../refusal-list.ts'
import { createSeriesList } from '../series-list.ts'
import { cleanText } from '../text.ts'
import { sharedAttributes } from './attributes.ts'
import { readMetricData } from './metric-data.ts'
import { type MetricsInto, readPoints } from './points.ts'
import { metricSchema, metricsRequestSchema, type ScopeMetrics } from './schema.ts'
import { findWarning } from './warning.ts'

/**
 * Reads an OTLP/HTTP JSON `ExportMetricsServiceRequest` (opentelemetry.io/docs/specs/otlp, fields of opentelemetry-proto 1.x). A body
 * whose frame is not understood is refused whole; a metric or point that is not, is refused alone. Exemplars, schema addresses and
 * unknown fields are passed over.
 */
export function readOtlpMetrics(text: string): ReadTelemetry {
  const json = readJson(text)
  if (!json.ok) return json
  const request = metricsRequestSchema.safeParse(json.value)
  if (!request.success) return { ok: false, ...firstIssue(request.error, '') }
  const { resourceMetrics } = request.data
  const into = { list: createSeriesList(), refusals: createRefusalList() }
  for (const [index, { resource, scopeMetrics }] of resourceMetrics.entries()) {
    for (const [inner, scoped] of scopeMetrics.entries()) {
      const shared = sharedAttributes(resource, scoped.scope)
      readScope(into, scoped, shared, `resourceMetrics[${index}].scopeMetrics[${inner}]`)
    }
  }
  return {
    ok: true,
    reading: {
      series: into.list.series(),
      logs: [],
      refusals: into.refusals.told(),
      rejections: into.refusals.rejections(),
      mergedCount: into.list.mergedCount(),
      hasOwnTimes: true,
      warning: findWarning(json.value, resourceMetrics.length, 'resourceMetrics'),
    },
  }
}

function readScope(
  into: MetricsInto,
  { metrics }: ScopeMetrics,
  shared: ReadonlyMap<string, string>,
  path: string,
): void {
  for (const [index, given] of metrics.entries()) {
    const field = `${path}.metrics[${index}]`
    const parsed = metricSchema.safeParse(given)
    if (!parsed.success) {
      into.refusals.add({ ...firstIssue(parsed.error, field), code: 'invalid', count: 1 })
      continue
    }
    const name = cleanText(parsed.data.name)
    const unit = cleanText(parsed.data.unit ?? '')
    const data = readMetricData(parsed.data)
    const count = Math.max(1, data.points.length)
    if (!data.ok) {
      into.refusals.add({ field: `${field}.${data.field}`, message: data.message, code: 'invalid', count })
    } else if (name.length > NAME_LENGTH_MAX) {
      const message = `may have ${NAME_LENGTH_MAX} characters, and has ${name.length}`
      into.refusals.add({ field: `${field}.name`, message, code: 'too_long', count })
    } else if (unit.length > UNIT_LENGTH_MAX) {
      const message = `may have ${UNIT_LENGTH_MAX} characters, and has ${unit.length}`
      into.refusals.add({ field: `${field}.unit`, message, code: 'too_long', count })
    } else readPoints(into, { name, unit, ...data.head }, data, shared, `${field}.${data.field}`)
  }
}
