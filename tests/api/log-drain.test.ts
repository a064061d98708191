import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { INGEST_KEY, type IngestServer, ingestServer, PROJECT_ID, READ_KEY } from './support/ingest-server.ts'

const ADDRESS = '/api/ingest/logdrain'
/** When the lines of the fixture were written. */
const NOW = 1_573_817_190_000
const SECRET = 'a-secret-of-the-drain'
const NDJSON = readFileSync(new URL('../fixtures/vercel-drain/delivery.ndjson', import.meta.url), 'utf8')
const LINES = NDJSON.trim().split('\n')
const sign = (body: string | Uint8Array, secret = SECRET) => createHmac('sha1', secret).update(body).digest('hex')

let server: IngestServer
beforeAll(async () => {
  server = await ingestServer(() => NOW)
})
beforeEach(() => {
  server.limit.verdict = { allowed: true, remaining: 1 }
  server.drain.noted.length = 0
  setDrain(true)
})

function setDrain(hasSecret: boolean, over: object = {}) {
  server.drain.found = {
    verifyToken: 'code-of-vercel',
    hasSecret,
    secretCiphertext: hasSecret ? `sealed ${SECRET}` : null,
    lastReceivedAt: null,
    lastError: null,
    lastErrorAt: null,
    ...over,
  }
}

const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  server.post(ADDRESS, body, { 'content-type': 'application/x-ndjson', ...headers })
const signed = (body: string) => send(body, { 'x-vercel-signature': sign(body) })

describe('who may deliver', () => {
  test.each<[string, Record<string, string>, number]>([
    ['key and signature', { 'x-vercel-signature': sign(NDJSON) }, 200],
    ['key and signature in capitals', { 'x-vercel-signature': sign(NDJSON).toUpperCase() }, 200],
    ['a key alone', {}, 401],
    ['the signature of another body', { 'x-vercel-signature': sign(`${NDJSON} `) }, 403],
    ['the signature of another secret', { 'x-vercel-signature': sign(NDJSON, 'another') }, 403],
    ['half a signature', { 'x-vercel-signature': sign(NDJSON).slice(0, 20) }, 403],
    ['what is no signature', { 'x-vercel-signature': 'zzz' }, 403],
    ['a signature and an unknown key', { 'x-vercel-signature': sign(NDJSON), authorization: 'Bearer nobody' }, 401],
    [
      'a signature and a key for reading',
      { 'x-vercel-signature': sign(NDJSON), authorization: `Bearer ${READ_KEY}` },
      403,
    ],
  ])('%s', async (_, headers, status) => {
    const before = server.store.batches.length
    const response = await send(NDJSON, headers)
    expect(response.status).toBe(status)
    expect(server.store.batches.length - before).toBe(status === 200 ? 1 : 0)
    if (status !== 200) expect(response.headers.get('content-type')).toBe('application/problem+json')
  })
  test('a key alone is enough where the project has set no secret', async () => {
    setDrain(false)
    expect((await send(NDJSON)).status).toBe(200)
    server.drain.found = null
    expect((await send(NDJSON)).status).toBe(200)
  })
  test('a packed delivery is taken, signed before or after packing', async () => {
    const packed = new Uint8Array(gzipSync(NDJSON))
    for (const body of [NDJSON, packed]) {
      const headers = { 'content-encoding': 'gzip', 'x-vercel-signature': sign(body) }
      expect((await send(packed, headers)).status).toBe(200)
    }
  })
  test('a refusal is noted for the admins, once a minute, and so is what comes after it', async () => {
    await send(NDJSON)
    setDrain(true, { lastError: 'unsigned', lastErrorAt: NOW - MINUTE + 1 })
    await send(NDJSON)
    await send(NDJSON, { 'x-vercel-signature': sign('x') })
    setDrain(true, { lastReceivedAt: NOW - MINUTE })
    await signed(NDJSON)
    setDrain(true, { lastReceivedAt: NOW - MINUTE + 1 })
    await signed(NDJSON)
    expect(server.drain.noted).toEqual(['unsigned', 'wrong_signature', null])
  })
})

describe('who owns the address', () => {
  const ask = (query: string, method = 'GET', headers: Record<string, string> = {}) =>
    fetch(`${server.url}${ADDRESS}${query}`, { method, headers })
  test.each(['GET', 'POST'])('is told without a key, to %s', async (method) => {
    const response = await ask(`?project=${PROJECT_ID}`, method)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-vercel-verify')).toBe('code-of-vercel')
  })
  test.each(['', '?project=x', '?project=00000000-0000-4000-8000-000000000000'])(
    'is not told for %j',
    async (query) => {
      const response = await ask(query)
      expect(response.status).toBe(404)
      expect(response.headers.get('x-vercel-verify')).toBeNull()
    },
  )
  test('is not told before a code is set', async () => {
    setDrain(true, { verifyToken: '' })
    expect((await ask(`?project=${PROJECT_ID}`)).status).toBe(404)
  })
  test('stands on the answers to deliveries, too', async () => {
    expect((await signed(NDJSON)).headers.get('x-vercel-verify')).toBe('code-of-vercel')
  })
  test('is told only so often', async () => {
    server.limit.verdict = { allowed: false, retryAfterSeconds: 3 }
    expect((await ask(`?project=${PROJECT_ID}`)).status).toBe(429)
  })
  test('whoever has a key and asks with GET is told to POST', async () => {
    expect((await ask('', 'GET', { authorization: `Bearer ${INGEST_KEY}` })).status).toBe(405)
  })
})

describe('a delivery', () => {
  test('that comes again counts nothing twice', async () => {
    const body = `${NDJSON}\n`
    expect(await (await signed(body)).json()).toMatchObject({ rejected: 0, replayed: false })
    expect(await (await signed(body)).json()).toMatchObject({ rejected: 0, replayed: true })
  })
  test('accounts for each of its lines, whatever their order and number', async () => {
    const wrong = [
      '{"id":',
      '{}',
      '7',
      '{"schema":"vercel.analytics.v1"}',
      '{"id":"1","timestamp":"never","source":"x"}',
    ]
    const deliveries = fc.array(fc.constantFrom(...LINES, ...wrong), { minLength: 2, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(deliveries, async (drawn) => {
        // The first line decides that it is lines.
        const lines = [LINES[0] ?? '', ...drawn]
        const before = server.store.batches.length
        const response = await signed(lines.join('\n'))
        const { rejected, errors } = (await response.json()) as { rejected: number; errors?: unknown[] }
        const expected = drawn.filter((line) => wrong.includes(line)).length
        expect([response.status, rejected, errors?.length ?? 0]).toEqual([200, expected, expected])
        const [batch] = server.store.batches.splice(before)
        const said = batch?.logs.filter(({ id }) => !id?.startsWith('request ')).length
        const silent = lines.filter((line) => line.includes('"message":""') && !line.includes('"statusCode":-1')).length
        expect(said).toBe(lines.length - expected - silent)
      }),
      { numRuns: 100 },
    )
  })
  test.each([
    ['cut off', NDJSON.slice(0, 200)],
    ['no JSON', '<html>'],
    ['empty', ' '],
    ['too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('that is %s is answered with what is wrong, and counted', async (_, body) => {
    const before = server.store.batches.length
    const response = await signed(body)
    expect([400, 422]).toContain(response.status)
    const { errors } = (await response.json()) as { errors: unknown[] }
    expect(errors.length).toBeGreaterThan(0)
    expect(server.store.batches.at(before)?.rejections).toMatchObject([{ code: 'invalid' }])
  })
  test('that is too large is refused before it is read', async () => {
    const response = await signed('x'.repeat(4 * 1024 * 1024 + 1))
    expect(response.status).toBe(413)
  })
})
