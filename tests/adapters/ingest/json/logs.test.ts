import { describe, expect, test } from 'vitest'
import { readJsonLogs } from '../../../../lib/adapters/ingest/json/logs.ts'
import type { LogRecord } from '../../../../lib/domain/log/record.ts'
import type { TelemetryReading } from '../../../../lib/ports/telemetry-format.ts'

const RECEIVED_AT = 1_770_000_000_000

function read(body: unknown): TelemetryReading {
  const result = readJsonLogs(typeof body === 'string' ? body : JSON.stringify(body), RECEIVED_AT)
  if (!result.ok) throw new Error(`${result.field} ${result.message}`)
  return result.reading
}
const only = (line: object) => read(line).logs[0] as LogRecord

describe("the guides' lines", () => {
  test('timestamp, level, service, message, context, userId, requestId', () => {
    const line = {
      timestamp: '2026-01-15T10:30:00.000Z',
      level: 'error',
      service: 'drop-craft-ai',
      message: 'Import failed',
      context: { supplier: 'acme', error: { message: 'timeout', code: 504 }, tried: [1, 2] },
      userId: 'u1',
      requestId: 'r1',
    }
    expect(read(line)).toMatchObject({ rejections: [], hasOwnTimes: true })
    expect(only(line)).toEqual({
      at: Date.parse('2026-01-15T10:30:00Z'),
      id: null,
      severity: 17,
      service: 'drop-craft-ai',
      environment: 'production',
      message: 'Import failed',
      attributes: {
        'context.supplier': 'acme',
        'context.error.message': 'timeout',
        'context.error.code': '504',
        'context.tried': '[1,2]',
      },
      requestId: 'r1',
      userId: 'u1',
      traceId: null,
      source: 'json',
      measured: null,
    })
  })
  test("structlog's event, timestamp, level and the rest", () => {
    const line = {
      event: 'report_created',
      user_id: 'uuid',
      report_id: 'uuid',
      duration_ms: 1234,
      timestamp: '2026-01-15T10:30:00Z',
      level: 'info',
    }
    expect(only(line)).toMatchObject({
      message: 'report_created',
      severity: 9,
      userId: 'uuid',
      attributes: { report_id: 'uuid', duration_ms: '1234' },
    })
  })
  test('a run of a function, good or bad', () => {
    const good = { type: 'metric', function: 'monitoring', duration: 120, status: 'success' }
    expect(only(good)).toMatchObject({
      severity: 9,
      message: 'monitoring finished after 120 ms',
      measured: { kind: 'function', name: 'monitoring', failed: false, durationMs: 120 },
    })
    const bad = { type: 'error', function: 'monitoring', duration: 30, error: 'no answer' }
    expect(only(bad)).toMatchObject({
      severity: 17,
      message: 'monitoring failed after 30 ms: no answer',
      measured: { kind: 'function', name: 'monitoring', failed: true, durationMs: 30 },
    })
    expect(only({ ...good, status: 'error' }).measured).toMatchObject({ failed: true })
    expect(only({ ...good, duration: 'long' }).measured).toMatchObject({ durationMs: null })
    expect(only({ type: 'metric', message: 'no function' }).measured).toBeNull()
  })
})

describe('other loggers', () => {
  test("pino's numbers and names", () => {
    expect(only({ level: 50, time: 1_769_999_999_000, msg: 'broken', pid: 1 })).toMatchObject({
      at: 1_769_999_999_000,
      severity: 17,
      message: 'broken',
      attributes: { pid: '1' },
    })
  })
  test.each([
    ['trace', 1],
    ['DEBUG', 5],
    ['Info', 9],
    ['notice', 10],
    ['WARNING', 13],
    ['err', 17],
    ['CRITICAL', 21],
    ['fatal', 21],
    [35, 9],
    [60, 21],
    [undefined, 9],
    ['', 9],
  ])('level %s is %i', (level, severity) => expect(only({ level, message: 'x' }).severity).toBe(severity))

  test('a request is measured', () => {
    const line = { message: 'GET /cart/7', method: 'get', route: '/cart/:id', status: 404, duration_ms: 12.5 }
    expect(only(line).measured).toEqual({
      kind: 'request',
      method: 'GET',
      route: '/cart/:id',
      statusCode: 404,
      durationMs: 12.5,
    })
  })
  test('a message may be anything', () => {
    expect(only({ message: { a: 1 } }).message).toBe('{"a":1}')
    expect(only({ message: 7 }).message).toBe('7')
  })
  test('an id of the sender and an environment are kept as such', () => {
    expect(only({ message: 'x', logId: 'l1', environment: 'staging' })).toMatchObject({
      id: 'l1',
      environment: 'staging',
      attributes: {},
    })
  })
  test('a line without a time is of now', () => {
    expect(read([{ message: 'a' }])).toMatchObject({ logs: [{ at: RECEIVED_AT }], hasOwnTimes: false })
  })
})

describe('a body', () => {
  const line = '{"message":"a"}'
  test.each([
    ['one object', line, 1],
    ['a list', `[${line},${line}]`, 2],
    ['one a line', `${line}\n${line}\n`, 2],
    ['one a line, with empty ones and carriage returns', `\r\n${line}\r\n\r\n${line}\r\n`, 2],
    ['an empty list', '[]', 0],
  ])('may be %s', (_, body, count) => expect(read(body).logs).toHaveLength(count))

  test('names the lines that are wrong, and takes the others', () => {
    const { logs, refusals } = read(
      `${line}\n{"message":\n7\n{"level":"loud","message":"a"}\n{"level":"info"}\n${line}`,
    )
    expect(logs).toHaveLength(2)
    expect(refusals.map(({ field, message }) => `${field} ${message}`)).toEqual([
      'line 2 is not JSON (it ends too early)',
      'line 3 must be an object',
      'line 4: level must be debug, info, warn, error or fatal',
      'line 5: message is missing (event or msg will do)',
    ])
  })
  test('names the items of a list', () => {
    expect(read([{ message: 'a' }, { message: 'a', timestamp: 'x' }]).refusals).toMatchObject([
      { field: '[1].timestamp' },
    ])
  })
  test('that is no JSON and no lines is refused whole', () => {
    expect(readJsonLogs('{\n "message": \n}', RECEIVED_AT)).toMatchObject({ ok: false })
    expect(readJsonLogs('', RECEIVED_AT)).toMatchObject({ ok: false, message: expect.stringContaining('empty') })
  })
  test('with a name of JavaScript has an attribute of that name', () => {
    expect(JSON.stringify(only(JSON.parse('{"message":"a","__proto__":{"x":1}}')).attributes)).toBe(
      '{"__proto__.x":"1"}',
    )
  })
  test('nested without end is cut', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    expect(read(`{"message":"a","context":${deep}}`).logs).toHaveLength(1)
    expect(read(`{"message":${'['.repeat(50_000)}${']'.repeat(50_000)}}`).logs[0]?.message).toContain('…')
  })
})
