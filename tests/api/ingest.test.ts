import { readFileSync } from 'node:fs'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { INGEST_KEY, type IngestServer, ingestServer, PROJECT_ID, READ_KEY } from './support/ingest-server.ts'

const METRICS = '/api/ingest/metrics'
const LOGS = '/api/ingest/logs'
const OTLP_METRICS = '/api/ingest/otlp/v1/metrics'
const OTLP_LOGS = '/api/ingest/otlp/v1/logs'
const ADDRESSES = [METRICS, LOGS, OTLP_METRICS, OTLP_LOGS]
/** When the examples of opentelemetry-proto were measured. */
const NOW = 1_544_712_660_300
const ITEM = { name: 'queue.length', value: 12, at: NOW }

let server: IngestServer
beforeAll(async () => {
  server = await ingestServer(() => NOW)
})
beforeEach(() => {
  server.limit.verdict = { allowed: true, remaining: 1 }
  server.logged.length = 0
  server.reported.length = 0
})

function example(name: string): string {
  return readFileSync(new URL(`../fixtures/otlp/${name}.json`, import.meta.url), 'utf8')
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('x-request-id')).toMatch(/.{8,}/)
  return (await response.json()) as { status: number; detail: string; message: string; errors?: { field: string }[] }
}

describe('who may send', () => {
  test.each([
    ['no key', {}, 401],
    ['an unknown key', { authorization: 'Bearer nobody' }, 401],
    ['a key for reading', { authorization: `Bearer ${READ_KEY}` }, 403],
    ['a key for sending', { authorization: `Bearer ${INGEST_KEY}` }, 200],
    ['a key for sending in x-api-key', { 'x-api-key': INGEST_KEY }, 200],
    ['a key for reading in x-api-key', { 'x-api-key': READ_KEY }, 403],
  ])('%s is answered', async (_, headers, status) => {
    for (const address of ADDRESSES) {
      const response = await fetch(`${server.url}${address}`, {
        method: 'POST',
        body: address === OTLP_METRICS || address === OTLP_LOGS ? '{}' : '[]',
        headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
      })
      expect(response.status).toBe(status)
      if (status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
      if (status !== 200) expect((await problemOf(response)).status).toBe(status)
    }
  })
  test('only POST is taken', async () => {
    const response = await fetch(`${server.url}${METRICS}`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })
  test('whoever sends too often is told when to come back, and nothing is taken', async () => {
    const before = server.store.batches.length
    server.limit.verdict = { allowed: false, retryAfterSeconds: 7 }
    const response = await server.post(METRICS, JSON.stringify(ITEM))
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect((await problemOf(response)).detail).toContain('600 times a minute')
    expect(server.store.batches).toHaveLength(before)
    expect(server.limit.buckets.at(-1)).toMatch(/^ingest:/)
  })
  test('an unknown key is not counted: it would make a bucket', async () => {
    const before = server.limit.buckets.length
    await server.post(METRICS, '[]', { authorization: 'Bearer nobody' })
    expect(server.limit.buckets).toHaveLength(before)
  })
})

describe('what is taken', () => {
  test.each([
    ['metrics', OTLP_METRICS],
    ['logs', OTLP_LOGS],
    ['events', OTLP_LOGS],
  ])('the example %s of opentelemetry-proto, answered with nothing to complain of', async (name, address) => {
    const response = await server.post(address, example(name))
    expect([response.status, await response.text()]).toEqual([200, '{}'])
    expect(server.store.last()).toMatchObject({ projectId: PROJECT_ID, source: 'otlp', rejections: [] })
  })
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('bodies packed with %s', async (encoding, pack) => {
    const body = JSON.stringify({ ...ITEM, name: `packed.${encoding}` })
    const response = await server.post(METRICS, new Uint8Array(pack(body)), { 'content-encoding': encoding })
    expect(await response.json()).toEqual({ accepted: 1, rejected: 0, rejections: [], replayed: false })
  })
  test('JSON lines', async () => {
    const line = { timestamp: new Date(NOW).toISOString(), level: 'info', message: 'a' }
    const body = `${JSON.stringify(line)}\n${JSON.stringify({ ...line, message: 'b' })}\n`
    const response = await server.post(LOGS, body, { 'content-type': 'application/x-ndjson' })
    expect(await response.json()).toMatchObject({ accepted: 2, rejected: 0 })
  })
  test('an empty request stores nothing', async () => {
    const before = server.store.batches.length
    expect(await (await server.post(OTLP_METRICS, '{}')).json()).toEqual({})
    expect(await (await server.post(METRICS, '[]')).json()).toMatchObject({ accepted: 0, rejected: 0 })
    expect(server.store.batches).toHaveLength(before)
  })
  test('one line of log, with figures and nothing of the content', async () => {
    await server.post(METRICS, JSON.stringify({ ...ITEM, name: 'secret.name' }), { 'x-request-id': 'my-request-1' })
    expect(server.logged).toHaveLength(1)
    expect(server.logged[0]).toMatchObject({
      event: 'ingest_request',
      fields: {
        requestId: 'my-request-1',
        path: METRICS,
        status: 200,
        source: 'json',
        accepted: 1,
        rejected: 0,
        isReplay: false,
      },
    })
    expect(JSON.stringify(server.logged)).not.toContain('secret.name')
  })
})

describe('part of it', () => {
  test('is taken by OTLP with the number of points that are not, as text, and why', async () => {
    const points = [{ timeUnixNano: `${NOW}000000`, asInt: 1 }, { asInt: 2 }, { timeUnixNano: '1000000000', asInt: 3 }]
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'a', gauge: { dataPoints: points } }] }] }] }
    const response = await server.post(OTLP_METRICS, JSON.stringify(body))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      partialSuccess: {
        rejectedDataPoints: '2',
        errorMessage:
          'resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints[1].timeUnixNano is missing. Samples older than 24 hours are not taken.',
      },
    })
  })
  test('is taken by OTLP for logs under their own name', async () => {
    const logRecords = [{ timeUnixNano: `${NOW}000000` }, { severityNumber: 99 }]
    const response = await server.post(OTLP_LOGS, JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }))
    expect(await response.json()).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } })
  })
  test('is taken by the simple call, with each wrong field', async () => {
    const response = await server.post(METRICS, JSON.stringify([ITEM, { name: 'b' }, { ...ITEM, at: 1_000_000 }]))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      accepted: 1,
      rejected: 2,
      replayed: false,
      rejections: [
        { code: 'invalid', count: 1, message: '[1].value is missing.' },
        { code: 'too_old', count: 1, message: 'Samples older than 24 hours are not taken.' },
      ],
      errors: [{ field: '[1].value', message: 'is missing' }],
    })
  })
  test('and none of it is 422 for the simple call, which names the lines', async () => {
    const response = await server.post(LOGS, '{"message":"a","level":"x"}\n{"level":"info"}')
    expect(response.status).toBe(422)
    expect((await problemOf(response)).errors?.map(({ field }) => field)).toEqual(['line 1: level', 'line 2: message'])
  })
  test('and none of it in time is 422 as well', async () => {
    const response = await server.post(METRICS, JSON.stringify({ ...ITEM, at: NOW + 3_600_000 }))
    expect(response.status).toBe(422)
    expect((await problemOf(response)).detail).toContain('from the future')
  })
})

describe('repetitions', () => {
  test('of a body that says when it was measured count once, however they are packed', async () => {
    const body = JSON.stringify({ ...ITEM, name: 'repeated' })
    const first = await (await server.post(METRICS, body)).json()
    const again = await (
      await server.post(METRICS, new Uint8Array(gzipSync(body)), { 'content-encoding': 'gzip' })
    ).json()
    expect([first.replayed, again.replayed]).toEqual([false, true])
    expect(again.accepted).toBe(first.accepted)
  })
  test('of a body that does not say so are measurements of their own, unless they have one Idempotency-Key', async () => {
    const body = JSON.stringify({ name: 'orders', value: 1, type: 'counter' })
    const send = async (headers = {}) => (await (await server.post(METRICS, body, headers)).json()).replayed
    expect([await send(), await send()]).toEqual([false, false])
    const key = { 'idempotency-key': 'order-17' }
    expect([await send(key), await send(key), await send({ 'idempotency-key': 'order-18' })]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('what cannot be read at all', () => {
  const gzipped = new Uint8Array(gzipSync('[]'))
  test.each<[string, string, BodyInit, Record<string, string>, number, string]>([
    ['protobuf', OTLP_METRICS, 'x', { 'content-type': 'application/x-protobuf' }, 415, 'content-type'],
    [
      "curl's own media type",
      METRICS,
      '[]',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'content-type',
    ],
    ['no media type', METRICS, new Uint8Array([0x5b, 0x5d]), { 'content-type': '' }, 415, 'content-type'],
    ['another charset', METRICS, '[]', { 'content-type': 'application/json; charset=utf-16' }, 415, 'content-type'],
    ['another packing', METRICS, '[]', { 'content-encoding': 'zstd' }, 415, 'content-encoding'],
    ['two packings', METRICS, gzipped, { 'content-encoding': 'gzip, gzip' }, 415, 'content-encoding'],
    [
      'a packing named like a member of objects',
      METRICS,
      '[]',
      { 'content-encoding': 'constructor' },
      415,
      'content-encoding',
    ],
    ['a body that is not packed', METRICS, '[]', { 'content-encoding': 'gzip' }, 400, 'content-encoding'],
    ['half a packed body', METRICS, gzipped.slice(0, 12), { 'content-encoding': 'gzip' }, 400, 'content-encoding'],
    ['other text than UTF-8', METRICS, new Uint8Array([0x22, 0xff, 0x22]), {}, 400, ''],
    ['no JSON', METRICS, '{', {}, 400, ''],
    ['nothing', METRICS, '', {}, 400, ''],
    ['half a request', OTLP_LOGS, '{"resourceLogs":[{"scopeLogs":', {}, 400, ''],
    ['a frame of another kind', OTLP_LOGS, '{"resourceLogs":"x"}', {}, 400, 'resourceLogs'],
  ])('%s', async (_, address, body, headers, status, field) => {
    const before = server.store.batches.length
    const response = await server.post(address, body, headers)
    expect(response.status).toBe(status)
    const { errors, detail, message } = await problemOf(response)
    expect(errors?.map((error) => error.field)).toEqual([field])
    expect(message).toBe(detail)
    expect(detail).toMatch(/[^.]\.$/)
    // Counted, so that admins see it.
    expect(server.store.batches).toHaveLength(before + 1)
    expect(server.store.last()).toMatchObject({ series: [], logs: [], rejections: [{ count: 1, message: detail }] })
  })
  test('protobuf is told which variable to set', async () => {
    const response = await server.post(OTLP_METRICS, 'x', { 'content-type': 'application/x-protobuf' })
    expect((await problemOf(response)).detail).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=http/json')
  })
})

describe('what is too large', () => {
  const MIB = 1024 * 1024
  test.each<[string, () => Uint8Array<ArrayBuffer>, string | null]>([
    ['as it is sent', () => new Uint8Array(4 * MIB + 1).fill(0x20), null],
    ['when it is unpacked', () => new Uint8Array(gzipSync(Buffer.alloc(33 * MIB, 0x20))), 'gzip'],
    ['when it is unpacked, with brotli', () => new Uint8Array(brotliCompressSync(Buffer.alloc(33 * MIB, 0x20))), 'br'],
    ['once it is parsed', () => new Uint8Array(gzipSync(`[${'{},'.repeat(1_000_001)}{}]`)), 'gzip'],
  ])('%s is 413', async (_, body, encoding) => {
    const response = await server.post(METRICS, body(), encoding === null ? {} : { 'content-encoding': encoding })
    expect(response.status).toBe(413)
    expect((await problemOf(response)).detail).toContain('in parts')
    expect(server.store.last().rejections).toMatchObject([{ code: 'too_long' }])
  })
  test('4 MB are not', async () => {
    const text = JSON.stringify(ITEM).padEnd(4 * MIB)
    expect((await server.post(METRICS, text)).status).toBe(200)
  })
})

describe('when the product itself fails', () => {
  test('a database that is away is 503 with a time to come back, and no error of ours', async () => {
    server.store.failNext(new Error('the database is away'))
    const response = await server.post(METRICS, JSON.stringify(ITEM))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await problemOf(response)).detail).toContain('nothing of this request was taken')
    expect(server.reported).toEqual([])
  })
  test('a bug is 500 and reported, without its text to the sender', async () => {
    server.store.failNext(new Error('column "x" does not exist'))
    const response = await server.post(METRICS, JSON.stringify(ITEM))
    expect(response.status).toBe(500)
    expect((await problemOf(response)).detail).not.toContain('column')
    expect(server.reported).toHaveLength(1)
  })
})
