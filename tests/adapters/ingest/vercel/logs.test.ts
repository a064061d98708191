import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVercelDrain } from '../../../../lib/adapters/ingest/vercel/logs.ts'
import type { LogRecord, Measured } from '../../../../lib/domain/log/record.ts'
import type { TelemetryReading } from '../../../../lib/ports/telemetry-format.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/vercel-drain/${name}`, import.meta.url), 'utf8')
const DELIVERY = JSON.parse(fixture('delivery.json')) as Record<string, unknown>[]
const AT = 1_573_817_187_330

function read(body: unknown): TelemetryReading {
  const result = readVercelDrain(typeof body === 'string' ? body : JSON.stringify(body))
  if (!result.ok) throw new Error(`${result.field} ${result.message}`)
  return result.reading
}
const requestsOf = ({ logs }: TelemetryReading) => logs.filter(({ measured }) => measured?.kind === 'request')
const routeOf = ({ measured }: LogRecord) => (measured?.kind === 'request' ? measured.route : null)

function line(over: Record<string, unknown> = {}, proxy: Record<string, unknown> | null = {}) {
  return {
    id: '1',
    timestamp: AT,
    source: 'static',
    level: 'info',
    message: '',
    requestId: 'r1',
    projectName: 'my-app',
    ...(proxy === null ? {} : { proxy: { timestamp: AT, method: 'GET', path: '/', statusCode: 200, ...proxy } }),
    ...over,
  }
}

describe('a delivery of every source', () => {
  test('is read whole, as a list and as lines', () => {
    const list = read(fixture('delivery.json'))
    expect(list.rejections).toEqual([])
    expect(read(fixture('delivery.ndjson'))).toEqual(list)
  })
  test('has each request once, with its route, status and what it took', () => {
    const requests = requestsOf(read(DELIVERY)).map(
      ({ measured }) => measured as Extract<Measured, { kind: 'request' }>,
    )
    expect(
      requests.map(({ method, route, statusCode, durationMs }) => [method, route, statusCode, durationMs]),
    ).toEqual([
      ['GET', '/api/orders/[id]', 200, 11.7],
      ['POST', '/api/report', 500, null],
      ['GET', '/dashboard', 307, null],
      ['GET', '/api/search', 429, null],
      ['GET', '/_next/static/:file', 200, null],
      ['GET', ':not_found', 404, null],
      ['POST', '/vitals/:id', 202, null],
      ['GET', '/admin', 403, null],
      ['GET', '/old/:id', 308, null],
    ])
  })
  test('keeps what the application wrote, under its request and deployment', () => {
    const found = read(DELIVERY).logs.find(({ message }) => message === 'loading order 42')
    expect(found).toEqual({
      at: AT,
      id: '1573817187330377061717303000',
      severity: 9,
      service: 'my-app',
      environment: 'production',
      message: 'loading order 42',
      attributes: {
        'deployment.id': 'dpl_233NRGRjVZX1caZrXWtz5g1TAksD',
        'vercel.source': 'lambda',
        'vercel.type': 'stdout',
        'vercel.entrypoint': 'api/orders/[id].js',
        'vcs.ref.head.name': 'main',
        'cloud.region': 'sfo1',
        'server.address': 'my-app.vercel.app',
        'url.path': '/api/orders/42',
        span_id: 'f24e8631bd11faa7',
      },
      requestId: '643af4e3-975a-4cc7-9e7a-1eda11539d90',
      userId: null,
      traceId: '1b02cd14bb8642fd092bc23f54c7ffcd',
      source: 'vercel',
      measured: null,
    })
  })
  test('keeps nothing of the visitor, and no query', () => {
    const stored = JSON.stringify(read(DELIVERY).logs)
    for (const personal of ['120.75.16.101', 'Mozilla', 'google', 'secret', 'shoes'])
      expect(stored).not.toContain(personal)
  })
  test('tells a run of a function that it printed itself', () => {
    const runs = read(DELIVERY).logs.flatMap(({ measured }) => (measured?.kind === 'function' ? [measured] : []))
    expect(runs).toEqual([{ kind: 'function', name: 'orders', failed: false, durationMs: 12 }])
  })
  test('tells preview apart from production', () => {
    const environments = requestsOf(read(DELIVERY)).map(({ environment }) => environment)
    expect(new Set(environments)).toEqual(new Set(['production', 'preview']))
  })
})

describe('what counts as a request', () => {
  test.each<[string, object, number | null]>([
    ['an answer', line({}, { statusCode: 204 }), 204],
    [
      'a crash without any answer',
      line({ source: 'lambda', path: '/a', statusCode: -1 }, { statusCode: undefined }),
      500,
    ],
    ['a crash that the visitor saw as 502', line({ statusCode: -1 }, { statusCode: 502 }), 502],
    ['a page made anew in the background', line({ statusCode: 200 }, { statusCode: -1 }), null],
    ['a line of a build', line({ source: 'build', requestId: undefined }, null), null],
    ['a status that none is', line({}, { statusCode: 0 }), null],
    ['the status of the function alone', line({ statusCode: 418 }, { statusCode: null }), 418],
  ])('%s', (_, given, statusCode) => {
    const { logs } = read(given)
    expect(logs).toHaveLength(1)
    const { measured } = logs[0] as LogRecord
    expect(measured?.kind === 'request' ? measured.statusCode : null).toBe(statusCode)
  })
  test('a crash is an error and says so', () => {
    const [record] = read(line({ statusCode: -1 }, { statusCode: undefined })).logs
    expect(record).toMatchObject({ severity: 17, attributes: { 'vercel.crashed': 'true' } })
  })
  test('a request has the same id and time in whichever delivery one of its lines comes', () => {
    const lines = ['1', '2', '3'].map((id, index) =>
      line({ id, timestamp: AT + index, source: 'lambda', path: '/a', message: `said ${id}` }),
    )
    const [first, ...others] = lines.map((one) =>
      requestsOf(read(one)).map(({ id, at, message }) => ({ id, at, message })),
    )
    for (const other of others) expect(other).toEqual(first)
    expect(requestsOf(read(lines))).toHaveLength(1)
  })
  test('is the same whatever the order of the lines and however often they come', () => {
    const shuffled = fc.shuffledSubarray([...DELIVERY, ...DELIVERY], {
      minLength: DELIVERY.length * 2,
      maxLength: DELIVERY.length * 2,
    })
    const byId = (reading: TelemetryReading) =>
      Object.fromEntries(requestsOf(reading).map((record) => [record.id, record]))
    const expected = byId(read(DELIVERY))
    fc.assert(fc.property(shuffled, (lines) => void expect(byId(read(lines))).toEqual(expected)))
  })
})

describe('a route', () => {
  test.each([
    ['/orders/42?all=1', '/orders/:id'],
    ['/a/7d444840-9dc0-11d1-b245-5ffdce74fad2/b#c', '/a/:id/b'],
    ['/o/507f1f77bcf86cd799439011', '/o/:id'],
    ['/blog/hello-world', '/blog/hello-world'],
    ['/_next/data/Zk3f/en/shop.json', '/_next/data/:build/en/shop.json'],
    ['', null],
  ])('%s is %s', (path, route) => {
    const [record] = read(line({}, { path })).logs
    expect(record && routeOf(record)).toBe(route)
  })
  test('is that of the function, and not of the middleware before it', () => {
    const shared = { requestId: 'r9' }
    const lines = [
      line({ ...shared, id: '1', source: 'edge', type: 'middleware', path: '/middleware' }, { path: '/users/ann' }),
      line({ ...shared, id: '2', source: 'lambda', path: '/users/[name]' }, { path: '/users/ann' }),
    ]
    for (const order of [lines, lines.toReversed()])
      expect(requestsOf(read(order)).map(routeOf)).toEqual(['/users/[name]'])
  })
})

describe('what is wrong with a line', () => {
  test.each<[string, object | string, string]>([
    ['no id', { ...line(), id: undefined }, '[0].id is missing.'],
    ['no time', { ...line(), timestamp: undefined }, '[0].timestamp is missing.'],
    ['a level that none is', line({ level: 'loud' }), '[0].level must be info, warning, error or fatal.'],
    ['a proxy that is text', { ...line(), proxy: 'x' }, '[0].proxy must be an object.'],
    ['a status that is text', line({}, { statusCode: '200' }), '[0].proxy.statusCode must be a number.'],
    ['no object', 'x', '[0] must be an object.'],
    [
      'something of another drain',
      { schema: 'vercel.speed_insights.v1', metricType: 'CLS' },
      '[0] is of vercel.speed_insights.v1, and this address takes logs alone.',
    ],
  ])('%s is told, and the others are taken', (_, wrong, message) => {
    const { logs, rejections } = read([wrong, line({ id: '2' })])
    expect(rejections).toMatchObject([{ code: 'invalid', count: 1, message }])
    expect(logs).toHaveLength(1)
  })
  test('a line that ends too early does not take the others with it', () => {
    const text = `${fixture('delivery.ndjson').trimEnd()}\n{"id":"9","timesta`
    const { logs, refusals } = read(text)
    expect(logs).toEqual(read(DELIVERY).logs)
    expect(refusals).toMatchObject([{ field: `line ${DELIVERY.length + 1}` }])
  })
})
