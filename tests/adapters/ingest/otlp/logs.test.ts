import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readOtlpLogs } from '../../../../lib/adapters/ingest/otlp/logs.ts'
import type { LogRecord } from '../../../../lib/domain/log/record.ts'
import type { TelemetryReading } from '../../../../lib/ports/telemetry-format.ts'

const RECEIVED_AT = 1_770_000_000_000

function read(body: unknown): TelemetryReading {
  const result = readOtlpLogs(typeof body === 'string' ? body : JSON.stringify(body), RECEIVED_AT)
  if (!result.ok) throw new Error(`${result.field} ${result.message}`)
  return result.reading
}

function example(name: string): TelemetryReading {
  return read(readFileSync(new URL(`../../../fixtures/otlp/${name}.json`, import.meta.url), 'utf8'))
}

const records = (...logRecords: unknown[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })
const only = (record: object) => read(records({ timeUnixNano: '1770000000000000000', ...record })).logs[0] as LogRecord
const pairs = (values: Record<string, unknown>) => Object.entries(values).map(([key, value]) => ({ key, value }))

describe('the examples of opentelemetry-proto', () => {
  test('a log record is taken whole', () => {
    expect(example('logs').logs).toEqual([
      {
        at: 1_544_712_660_300,
        id: null,
        severity: 10,
        service: 'my.service',
        environment: 'production',
        message: 'Example log record',
        requestId: null,
        userId: null,
        traceId: '5b8efff798038103d269b633813fc60c',
        source: 'otlp',
        measured: null,
        attributes: {
          'otel.scope.name': 'my.library',
          'my.scope.attribute': 'some scope attribute',
          'string.attribute': 'some string',
          'boolean.attribute': 'true',
          'int.attribute': '10',
          'double.attribute': '637.704',
          'array.attribute': '["many","values"]',
          'map.attribute': '{"some.map.key":"some value"}',
          span_id: 'eee19b7ec3c1b174',
        },
      },
    ])
  })
  test('an event keeps its name, and its body as JSON', () => {
    const [event] = example('events').logs
    expect(event?.attributes).toMatchObject({
      'event.name': 'browser.page_view',
      'event.attribute': 'some event attribute',
    })
    expect(JSON.parse(event?.message ?? '')).toMatchObject({ type: '0', title: 'Free Online GUID Generator' })
  })
})

describe('a record', () => {
  test.each([
    [{ severityNumber: 17 }, 17],
    [{ severityNumber: 24, severityText: 'debug' }, 24],
    [{ severityText: 'WARN' }, 13],
    [{ severityNumber: 0, severityText: 'Critical' }, 21],
    [{ severityText: 'purple' }, 9],
    [{}, 9],
  ])('%j has the severity %i', (record, severity) => expect(only(record).severity).toBe(severity))

  test('has its own time, else that of its observer, else that of its arrival', () => {
    expect(only({ observedTimeUnixNano: '1' }).at).toBe(1_770_000_000_000)
    expect(read(records({ timeUnixNano: '0', observedTimeUnixNano: '1760000000000000000' })).logs[0]?.at).toBe(
      1_760_000_000_000,
    )
    expect(read(records({}))).toMatchObject({ logs: [{ at: RECEIVED_AT }], hasOwnTimes: false })
  })
  test.each([
    ['of zeros', '0'.repeat(32)],
    ['of another length', 'abc'],
    ['in base64', 'W47/95gDgQPSabYzgT/GDA=='],
    ['in other letters', 'z'.repeat(32)],
  ])('with a trace id %s has none', (_, traceId) => expect(only({ traceId }).traceId).toBeNull())

  test('gives request, user and its own id columns of their own', () => {
    const attributes = pairs({
      'log.record.uid': { stringValue: 'line-1' },
      request_id: { stringValue: 'r1' },
      'enduser.id': { stringValue: 'u1' },
      'deployment.environment.name': { stringValue: 'staging' },
    })
    expect(only({ attributes })).toMatchObject({
      id: 'line-1',
      requestId: 'r1',
      userId: 'u1',
      environment: 'staging',
      attributes: {},
    })
  })
  test('of a request is measured, with new names and with old ones', () => {
    const current = pairs({
      'http.route': { stringValue: '/cart/:id' },
      'http.response.status_code': { intValue: '502' },
      'http.request.method': { stringValue: 'GET' },
      'http.server.request.duration': { doubleValue: 0.25 },
    })
    const request = { kind: 'request', method: 'GET', route: '/cart/:id', statusCode: 502, durationMs: 250 }
    expect(only({ attributes: current }).measured).toEqual(request)
    const older = pairs({
      'http.route': { stringValue: '/cart/:id' },
      'http.status_code': { stringValue: '502' },
      'http.method': { stringValue: 'get' },
      duration_ms: { intValue: 250 },
    })
    expect(only({ attributes: older }).measured).toEqual(request)
  })
  test.each([
    ['no route', { 'http.response.status_code': { intValue: 200 } }],
    ['no status', { 'http.route': { stringValue: '/' } }],
    ['a status that is none', { 'http.route': { stringValue: '/' }, 'http.response.status_code': { intValue: 99 } }],
  ])('with %s measures nothing', (_, values) => expect(only({ attributes: pairs(values) }).measured).toBeNull())

  test('that is too long is cut, and says so', () => {
    const line = only({
      body: { stringValue: `${'x'.repeat(32_767)}🙂🙂` },
      attributes: pairs({ stack: { stringValue: 'y'.repeat(2_000) }, short: { stringValue: 'z' } }),
    })
    expect(line.message).toBe('x'.repeat(32_767))
    expect(line.attributes).toEqual({ stack: 'y'.repeat(1_000), short: 'z', 'vigie.truncated': 'message, stack' })
  })
  test('with too many attributes keeps the first, and says how many it lost', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`a${index}`, { stringValue: 'x' }]))
    const { attributes } = only({ attributes: pairs(many) })
    expect(Object.keys(attributes)).toHaveLength(40)
    expect(attributes['vigie.truncated']).toBe('11 more attributes')
    const exactly = Object.fromEntries(Object.entries(many).slice(0, 40))
    expect(only({ attributes: pairs(exactly) }).attributes).not.toHaveProperty('vigie.truncated')
  })
  test('that is nested without end keeps what lies near', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? { stringValue: 'end' } : { arrayValue: { values: [deep(levels - 1)] } }
    expect(only({ body: deep(3) }).message).toBe('[[["end"]]]')
    expect(only({ body: deep(300) }).message).toMatch(/^\[+"…"\]+$/)
    const abyss = `${'{"arrayValue":{"values":['.repeat(50_000)}${']}}'.repeat(50_000)}`
    const text = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1770000000000000000","body":${abyss}}]}]}]}`
    expect(read(text).logs[0]?.message).toMatch(/^\[+"…"\]+$/)
  })
})

describe('what is wrong is refused alone, and named', () => {
  test.each([
    ['a severity of 25', { severityNumber: 25 }, 'severityNumber'],
    ['a severity in words', { severityNumber: 'INFO' }, 'severityNumber'],
    ['a time in words', { timeUnixNano: 'now' }, 'timeUnixNano'],
    ['attributes that are no list', { attributes: 7 }, 'attributes'],
    ['an attribute without a name', { attributes: [{ value: {} }] }, 'attributes[0].key'],
    ['a trace id that is no text', { traceId: 7 }, 'traceId'],
  ])('%s', (_, record, field) => {
    const { logs, refusals } = read(
      records(record, { timeUnixNano: '1770000000000000000', body: { stringValue: 'fine' } }),
    )
    expect(logs.map(({ message }) => message)).toEqual(['fine'])
    expect(refusals).toMatchObject([
      { field: `resourceLogs[0].scopeLogs[0].logRecords[0].${field}`, code: 'invalid', count: 1 },
    ])
  })
  test('a record that is none', () => expect(read(records(null)).refusals).toHaveLength(1))
  test('a body whose frame is not understood is refused whole', () => {
    expect(readOtlpLogs('{"resourceLogs":7}', RECEIVED_AT)).toMatchObject({ ok: false, field: 'resourceLogs' })
  })
})
