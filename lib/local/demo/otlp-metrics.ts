import type { Instant } from '../../domain/time/instant.ts'
import type { ModelCall, ShopRequest, ShopSpan } from './shop.ts'

type Attributes = Record<string, string | number>

interface Metric {
  name: string
  unit: string
  [data: string]: unknown
}

const RESOURCE = {
  'service.name': 'shop',
  'service.instance.id': 'demo-1',
  'deployment.environment.name': 'production',
}

/** An OTLP/HTTP JSON body of everything that spans say, as an OpenTelemetry SDK with delta temporality would send it. */
export function writeMetrics(spans: readonly ShopSpan[]): unknown {
  const metrics = [
    histogram('http.server.request.duration', 's', spans.flatMap(requestPoints)),
    histogram('gen_ai.client.operation.duration', 's', spans.flatMap(modelPoints)),
    histogram('gen_ai.client.token.usage', '{token}', spans.flatMap(tokenPoints)),
    counter(
      'gen_ai.client.cost',
      'USD',
      spans.map((span) => ({ span, attributes: MODEL, value: sum(span.modelCalls, ({ costUsd }) => costUsd) })),
    ),
    counter(
      'job.runs',
      '{run}',
      spans.flatMap((span) =>
        (['success', 'failure'] as const).map((outcome) => ({
          span,
          attributes: { outcome },
          value: span.jobs[outcome],
        })),
      ),
    ),
    gauge('system.cpu.utilization', '1', spans, ({ gauges }) => gauges.cpu),
    gauge('system.memory.utilization', '1', spans, ({ gauges }) => gauges.memory),
    gauge('system.filesystem.utilization', '1', spans, ({ gauges }) => gauges.disk),
    gauge('db.client.connection.count', '{connection}', spans, ({ gauges }) => gauges.connections),
    gauge('queue.length', '{job}', spans, ({ gauges }) => gauges.queueLength),
    gauge('worker.count', '{worker}', spans, ({ gauges }) => gauges.workers),
    gauge('business.orders_per_hour', '{order}', spans, ({ gauges }) => gauges.orders),
  ]
  return {
    resourceMetrics: [
      {
        resource: { attributes: write(RESOURCE) },
        scopeMetrics: [{ scope: { name: 'demo-shop' }, metrics: metrics.filter(hasPoints) }],
      },
    ],
  }
}

const MODEL = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'demo-model' }

interface Values {
  span: ShopSpan
  attributes: Attributes
  values: readonly number[]
}

function requestPoints(span: ShopSpan): Values[] {
  const groups = new Map<string, ShopRequest[]>()
  for (const request of span.requests) {
    const key = `${request.method} ${request.status} ${request.route}`
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const attributes = {
      'http.request.method': first.method,
      'http.route': first.route,
      'http.response.status_code': first.status,
    }
    return [{ span, attributes, values: group.map(({ durationSeconds }) => durationSeconds) }]
  })
}

function modelPoints(span: ShopSpan): Values[] {
  const of = (failed: boolean, attributes: Attributes): Values[] => {
    const calls = span.modelCalls.filter((call) => call.failed === failed)
    return calls.length === 0
      ? []
      : [{ span, attributes: { ...MODEL, ...attributes }, values: calls.map(({ durationSeconds }) => durationSeconds) }]
  }
  return [...of(false, {}), ...of(true, { 'error.type': 'rate_limit_exceeded' })]
}

function tokenPoints(span: ShopSpan): Values[] {
  const of = (type: string, tokens: (call: ModelCall) => number): Values => ({
    span,
    attributes: { ...MODEL, 'gen_ai.token.type': type },
    values: span.modelCalls.map(tokens),
  })
  if (span.modelCalls.length === 0) return []
  return [of('input', ({ inputTokens }) => inputTokens), of('output', ({ outputTokens }) => outputTokens)]
}

function histogram(name: string, unit: string, points: readonly Values[]): Metric {
  return {
    name,
    unit,
    exponentialHistogram: { aggregationTemporality: 1, dataPoints: points.map(exponentialPoint) },
  }
}

const SCALE = 6

/** OpenTelemetry's exponential histogram, scale 6: bucket k holds (2^(k/64), 2^((k+1)/64)]. */
function exponentialPoint({ span, attributes, values }: Values) {
  const keys = values.map((value) => Math.ceil(Math.log2(value) * 2 ** SCALE) - 1)
  const offset = Math.min(...keys)
  const bucketCounts = new Array<number>(Math.max(...keys) - offset + 1).fill(0)
  for (const key of keys) bucketCounts[key - offset] = (bucketCounts[key - offset] ?? 0) + 1
  return {
    ...times(span),
    attributes: write(attributes),
    count: String(values.length),
    sum: sum(values, (value) => value),
    min: Math.min(...values),
    max: Math.max(...values),
    scale: SCALE,
    zeroCount: '0',
    positive: { offset, bucketCounts: bucketCounts.map(String) },
  }
}

function counter(
  name: string,
  unit: string,
  points: readonly { span: ShopSpan; attributes: Attributes; value: number }[],
): Metric {
  const dataPoints = points
    .filter(({ value }) => value > 0)
    .map(({ span, attributes, value }) => ({ ...times(span), attributes: write(attributes), asDouble: value }))
  return { name, unit, sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } }
}

function gauge(name: string, unit: string, spans: readonly ShopSpan[], read: (span: ShopSpan) => number): Metric {
  const dataPoints = spans.map((span) => ({ timeUnixNano: nanos(span.until), attributes: [], asDouble: read(span) }))
  return { name, unit, gauge: { dataPoints } }
}

function hasPoints(metric: Metric): boolean {
  const data = (metric.exponentialHistogram ?? metric.sum ?? metric.gauge) as { dataPoints: unknown[] }
  return data.dataPoints.length > 0
}

function times({ from, until }: ShopSpan) {
  return { startTimeUnixNano: nanos(from), timeUnixNano: nanos(until) }
}

export function nanos(at: Instant): string {
  return `${Math.round(at)}000000`
}

/** Attributes in OTLP's own shape. */
export function write(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0)
}
