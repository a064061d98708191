import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { countOf } from '../../lib/domain/series/histogram.ts'
import type { TelemetryBatch } from '../../lib/ports/telemetry-store.ts'
import { type IngestServer, ingestServer } from './support/ingest-server.ts'

const NOW = 1_544_712_660_300
const RUNS = 250

let server: IngestServer
beforeAll(async () => {
  server = await ingestServer(() => NOW)
})

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const example = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../fixtures/otlp/${name}.json`, import.meta.url), 'utf8'))

const SEEDS: [string, Json][] = [
  ['/api/ingest/otlp/v1/metrics', example('metrics')],
  ['/api/ingest/otlp/v1/logs', example('logs')],
  [
    '/api/ingest/metrics',
    { metrics: [{ name: 'a', value: 1, type: 'counter', unit: 's', at: NOW, attributes: { a: 'b', c: 1 } }] },
  ],
  [
    '/api/ingest/logs',
    [
      { timestamp: '2018-12-13T14:51:00Z', level: 'info', service: 's', message: 'm', context: { a: 1 }, userId: 'u' },
      { type: 'metric', function: 'f', duration: 12, status: 'success', timestamp: NOW },
    ],
  ],
  ['/api/ingest/logdrain', drainLines()],
]

/** A delivery of Vercel, as if it had been made now. */
function drainLines(): Json {
  const text = readFileSync(new URL('../fixtures/vercel-drain/delivery.json', import.meta.url), 'utf8')
  return JSON.parse(
    text.replaceAll('15738171873', String(NOW).slice(0, 11)).replaceAll('15738171872', String(NOW).slice(0, 11)),
  )
}

/** Values that have broken parsers before. */
const nasty = fc.oneof(
  fc.constantFrom<Json>(
    null,
    -1,
    0,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    2 ** 64,
    '',
    'NaN',
    'Infinity',
    '-0',
    '1e5',
    '99999999999999999999',
    '18446744073709551615',
    '\0',
    '\ud800',
    '🙂',
    'x'.repeat(5_000),
    [],
    {},
    [[[]]],
    true,
    { toString: 1, constructor: 2, hasOwnProperty: 3 },
    { stringValue: { stringValue: 'x' } },
    { arrayValue: {} },
    { kvlistValue: { values: [{}] } },
  ),
  fc.jsonValue() as fc.Arbitrary<Json>,
)

/** Every place of a value, as the path to it. */
function placesOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

function replaceAt(value: Json, [key, ...rest]: (string | number)[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null
  const copy = structuredClone(value) as Record<string | number, Json>
  if (rest.length === 0 && by === undefined) delete copy[key]
  else copy[key] = replaceAt(copy[key] ?? null, rest, by)
  return copy as Json
}

/** A valid body with one to three of its places replaced by something else, or taken out. */
const mutated = (seed: Json) => {
  const places = placesOf(seed)
  const change = fc.record({ place: fc.nat(places.length - 1), by: fc.option(nasty, { nil: undefined }) })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<Json>((value, { place, by }) => {
      const current = placesOf(value)
      return replaceAt(value, current[place % current.length] ?? [], by)
    }, seed),
  )
}

/** Everything that the database could not store, or would stumble over later. */
function expectStorable({ series, logs, rejections, digest }: TelemetryBatch): void {
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  for (const { code, count, message } of rejections) {
    expect(code).toMatch(/^(invalid|too_long)$/)
    expect(count).toBeGreaterThan(0)
    expect(message).toMatch(/\S.*\.$/s)
  }
  for (const { series: identity, samples } of series) {
    expectText(identity.name, 200)
    expectText(identity.unit, 63)
    expectText(identity.environment, 200)
    expectAttributes(identity.attributes)
    expect(identity.name).not.toBe('')
    expect(identity.temporality === null).toBe(identity.kind === 'gauge')
    for (const sample of samples) {
      expectInstant(sample.at)
      if (sample.startAt !== null) expectInstant(sample.startAt)
      if ('value' in sample) {
        expect(Math.abs(sample.value)).toBeLessThanOrEqual(1e100)
        if (identity.kind === 'counter') expect(sample.value).toBeGreaterThanOrEqual(0)
      } else {
        const { keys, counts } = sample.histogram
        expect(countOf(sample.histogram)).toBe(sample.count)
        expect(keys).toEqual([...new Set(keys)].sort((one, other) => one - other))
        for (const key of keys) expect(Number.isInteger(key) && key >= -32_768 && key <= 32_767).toBe(true)
        for (const count of counts) expect(Number.isSafeInteger(count) && count > 0).toBe(true)
      }
    }
  }
  for (const line of logs) {
    expectInstant(line.at)
    expectText(line.message, 32_768)
    expectText(line.service, 200)
    expectText(line.environment, 200)
    expectAttributes(line.attributes)
    expect(Number.isInteger(line.severity) && line.severity >= 1 && line.severity <= 24).toBe(true)
    for (const id of [line.id, line.requestId, line.userId, line.traceId]) if (id !== null) expectText(id, 200)
  }
}

function expectText(text: string, length: number): void {
  expect(typeof text).toBe('string')
  expect(text.length).toBeLessThanOrEqual(length)
  expect(text).not.toMatch(/[\0\p{Surrogate}]/u)
}

function expectAttributes(attributes: Readonly<Record<string, string>>): void {
  const entries = Object.entries(attributes)
  expect(entries.length).toBeLessThanOrEqual(40)
  for (const [name, value] of entries) {
    expectText(name, 200)
    expectText(value, 1_000)
  }
}

function expectInstant(at: number): void {
  // As fine as Postgres keeps time.
  expect(Math.abs(at * 1_000 - Math.round(at * 1_000))).toBeLessThan(0.5)
  expect(() => new Date(at).toISOString()).not.toThrow()
}

/** 2xx, or a 4xx that names a field; and what was handed to the store can be stored. */
async function expectSound(
  address: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const before = server.store.batches.length
  const response = await server.post(address, body, headers)
  const answer = (await response.json()) as Record<string, unknown>
  expect(server.reported.splice(0)).toEqual([])
  if (response.status !== 200) {
    expect([400, 413, 415, 422]).toContain(response.status)
    const { errors, detail } = answer as { errors: { field: unknown; message: unknown }[]; detail: unknown }
    expect(detail).toMatch(/\S/)
    expect(errors.length).toBeGreaterThan(0)
    for (const { field, message } of errors) expect([typeof field, typeof message]).toEqual(['string', 'string'])
  }
  for (const batch of server.store.batches.splice(before)) expectStorable(batch)
  return answer
}

describe.each(SEEDS)('%s', (address, seed) => {
  test('takes its seed whole', async () => {
    const answer = await expectSound(address, JSON.stringify(seed))
    expect(answer.partialSuccess ?? answer.errors).toBeUndefined()
  })
  test('stands whatever is put in place of any of its values', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(seed), async (body) => void (await expectSound(address, JSON.stringify(body)))),
      { numRuns: RUNS },
    )
  })
  test('stands any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (body) => void (await expectSound(address, body))),
      { numRuns: RUNS },
    )
  })
  test('stands a body that ends anywhere, has other bytes anywhere, or is none', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(seed))
    const broken = fc.oneof(
      fc.nat(bytes.length).map((end) => bytes.slice(0, end)),
      fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, byte]) => bytes.with(at, byte)),
      fc.uint8Array({ maxLength: 64 }),
    )
    await fc.assert(
      fc.asyncProperty(broken, async (body) => void (await expectSound(address, new Uint8Array(body)))),
      { numRuns: RUNS },
    )
  })
  test('stands a packed body that is broken anywhere', async () => {
    const packed = new Uint8Array(gzipSync(JSON.stringify(seed)))
    const broken = fc.oneof(
      fc.nat(packed.length).map((end) => packed.slice(0, end)),
      fc.tuple(fc.nat(packed.length - 1), fc.nat(255)).map(([at, byte]) => packed.with(at, byte)),
    )
    await fc.assert(
      fc.asyncProperty(broken, async (body) => {
        await expectSound(address, new Uint8Array(body), { 'content-encoding': 'gzip' })
      }),
      { numRuns: RUNS },
    )
  })
  test.each<[string, string]>([
    [
      'keys that come twice',
      '{"metrics":[],"metrics":7,"resourceMetrics":[],"resourceMetrics":{},"message":"a","message":[]}',
    ],
    [
      'names of JavaScript',
      '{"__proto__":{"metrics":[{}]},"constructor":{"prototype":{}},"name":"__proto__","value":1}',
    ],
    ['lists without end', '['.repeat(200_000)],
    ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects in objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a number of many digits', `{"name":"a","value":${'9'.repeat(100_000)}}`],
    ['numbers that JSON has not', '{"name":"a","value":NaN,"at":Infinity}'],
    ['a byte order mark', '\ufeff{"name":"a","value":1,"message":"a"}'],
    ['escapes of half characters', '{"name":"\\ud800","value":1,"message":"\\udfff\\u0000"}'],
    ['white space', ' \n\t '],
    ['a hundred thousand empty objects', `[${'{},'.repeat(100_000)}{}]`],
    ['a hundred thousand empty lines', '{}\n'.repeat(100_000)],
    ['HTML', '<html><body>502 Bad Gateway</body></html>'],
  ])('stands %s', async (_, body) => void (await expectSound(address, body)))
})

describe('the simple calls', () => {
  test.each([
    ['/api/ingest/metrics', { name: 'a', value: 1, at: NOW }],
    ['/api/ingest/logs', { timestamp: NOW, message: 'a' }],
  ])('%s accounts for every item', async (address, item) => {
    const items = fc.array(fc.oneof(fc.constant(item as Json), mutated(item)), { minLength: 1, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(items, async (list) => {
        // Names differ, so that no two are one sample.
        const body = list.map((one, index) =>
          typeof one === 'object' && one !== null && 'name' in one && one.name === 'a'
            ? { ...one, name: `a${index}` }
            : one,
        )
        const { accepted, rejected, detail } = await expectSound(address, JSON.stringify(body))
        if (detail === undefined) expect(Number(accepted) + Number(rejected)).toBe(list.length)
      }),
      { numRuns: RUNS },
    )
  })
})
