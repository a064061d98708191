import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { beforeAll, describe, expect, test } from 'vitest'
import { countOf, quantile } from '../../lib/domain/series/histogram.ts'
import type { HistogramSample, ScalarSample, SeriesSamples } from '../../lib/domain/series/sample.ts'
import { INGEST_KEY, type IngestServer, ingestServer } from './support/ingest-server.ts'

const RESOURCE = {
  'service.name': 'shop',
  'service.instance.id': 'one',
  'deployment.environment.name': 'staging',
  'telemetry.sdk.language': 'nodejs',
  'process.pid': 4711,
  'host.name': 'web-1',
  'host.arch': 'amd64',
}

let server: IngestServer
beforeAll(async () => {
  server = await ingestServer()
})

function exporter(temporality: AggregationTemporalityPreference): OTLPMetricExporter {
  return new OTLPMetricExporter({
    url: `${server.url}/api/ingest/otlp/v1/metrics`,
    headers: { authorization: `Bearer ${INGEST_KEY}` },
    temporalityPreference: temporality,
  })
}

/** Records with the official SDK, sends with its exporter over a real socket, and answers what was stored. */
async function send(temporality: AggregationTemporalityPreference, isExponential: boolean) {
  const reader = new PeriodicExportingMetricReader({ exporter: exporter(temporality), exportIntervalMillis: 3_600_000 })
  const views = isExponential
    ? [
        {
          instrumentName: '*.duration',
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: {} } as const,
        },
      ]
    : []
  const provider = new MeterProvider({ resource: resourceFromAttributes(RESOURCE), readers: [reader], views })
  const meter = provider.getMeter('shop-server', '1.2.3')
  meter.createCounter('http.server.requests', { unit: '{request}' }).add(3, { 'http.route': '/checkout' })
  meter.createUpDownCounter('worker.count').add(-2)
  meter.createObservableGauge('system.cpu.utilization', { unit: '1' }).addCallback((result) => result.observe(0.25))
  const duration = meter.createHistogram('http.server.request.duration', { unit: 's' })
  for (let index = 1; index <= 100; index += 1) duration.record(index / 100, { 'http.route': '/checkout' })
  await provider.forceFlush()
  const { series, rejections } = server.store.last()
  await provider.shutdown()
  expect(rejections).toEqual([])
  return new Map(series.map((one) => [one.series.name, one]))
}

function onlySample<Sample extends ScalarSample | HistogramSample>(series: SeriesSamples | undefined): Sample {
  expect(series?.samples).toHaveLength(1)
  return series?.samples[0] as Sample
}

describe('the OpenTelemetry JS SDK as a client', () => {
  test.each([
    ['cumulative', AggregationTemporalityPreference.CUMULATIVE],
    ['delta', AggregationTemporalityPreference.DELTA],
  ] as const)('its %s metrics arrive whole', async (temporality, preference) => {
    const stored = await send(preference, false)
    expect([...stored.keys()].sort()).toEqual([
      'http.server.request.duration',
      'http.server.requests',
      'system.cpu.utilization',
      'worker.count',
    ])
    const counter = stored.get('http.server.requests')
    expect(counter?.series).toEqual({
      name: 'http.server.requests',
      kind: 'counter',
      temporality,
      unit: '{request}',
      environment: 'staging',
      attributes: {
        'host.name': 'web-1',
        'http.route': '/checkout',
        'otel.scope.name': 'shop-server',
        'service.instance.id': 'one',
        'service.name': 'shop',
      },
    })
    expect(onlySample<ScalarSample>(counter).value).toBe(3)
    expect(Math.abs(onlySample<ScalarSample>(counter).at - Date.now())).toBeLessThan(60_000)
    expect(stored.get('worker.count')?.series).toMatchObject({ kind: 'gauge', temporality: null })
    expect(onlySample<ScalarSample>(stored.get('worker.count')).value).toBe(-2)
    expect(onlySample<ScalarSample>(stored.get('system.cpu.utilization')).value).toBe(0.25)
    const duration = stored.get('http.server.request.duration')
    const sample = onlySample<HistogramSample>(duration)
    expect(duration?.series).toMatchObject({ kind: 'histogram', temporality, unit: 's' })
    expect(sample.count).toBe(100)
    expect(countOf(sample.histogram)).toBe(100)
    expect(sample.sum).toBeCloseTo(50.5, 9)
    expect([sample.min, sample.max]).toEqual(temporality === 'delta' ? [0.01, 1] : [null, null])
  })

  test('its exponential histograms keep their quantiles', async () => {
    const stored = await send(AggregationTemporalityPreference.DELTA, true)
    const sample = onlySample<HistogramSample>(stored.get('http.server.request.duration'))
    expect(countOf(sample.histogram)).toBe(100)
    // The SDK chose scale 4 for two decades of values: 2.2 % of its own, and 0.55 % of ours.
    for (const q of [0.5, 0.75, 0.95, 0.99]) {
      const found = quantile(sample.histogram, q, { minMs: sample.min, maxMs: sample.max }) ?? 0
      expect(Math.abs(found / q - 1)).toBeLessThan(0.05)
    }
  })

  test('its log records arrive whole', async () => {
    const provider = new LoggerProvider({
      resource: resourceFromAttributes(RESOURCE),
      processors: [
        new SimpleLogRecordProcessor({
          exporter: new OTLPLogExporter({
            url: `${server.url}/api/ingest/otlp/v1/logs`,
            headers: { 'x-api-key': INGEST_KEY },
          }),
        }),
      ],
    })
    provider.getLogger('shop-server').emit({
      severityNumber: 17,
      severityText: 'ERROR',
      body: { text: 'no stock', items: [1, 2] },
      attributes: {
        'http.route': '/checkout',
        'http.request.method': 'post',
        'http.response.status_code': 500,
        user_id: 'u1',
      },
    })
    await provider.forceFlush()
    await provider.shutdown()
    const [line] = server.store.last().logs
    expect(line).toMatchObject({
      severity: 17,
      service: 'shop',
      environment: 'staging',
      message: '{"text":"no stock","items":[1,2]}',
      userId: 'u1',
      source: 'otlp',
      measured: { kind: 'request', method: 'POST', route: '/checkout', statusCode: 500, durationMs: null },
    })
    expect(line?.attributes).not.toHaveProperty('process.pid')
  })

  test('is told of a wrong key, and sends no more', async () => {
    const before = server.store.batches.length
    const wrong = new OTLPMetricExporter({
      url: `${server.url}/api/ingest/otlp/v1/metrics`,
      headers: { authorization: 'Bearer no-such-key' },
    })
    const reader = new PeriodicExportingMetricReader({ exporter: wrong, exportIntervalMillis: 3_600_000 })
    const provider = new MeterProvider({ readers: [reader] })
    provider.getMeter('shop').createCounter('orders').add(1)
    await provider.forceFlush().catch(() => undefined)
    await provider.shutdown().catch(() => undefined)
    expect(server.store.batches).toHaveLength(before)
  })
})
