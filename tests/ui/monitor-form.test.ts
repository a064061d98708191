import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldOf } from '../../app/(console)/[project]/monitors/_form/field-of.ts'
import { freshValues, valuesOf } from '../../app/(console)/[project]/monitors/_form/form-values.ts'
import { readSecrets } from '../../app/(console)/[project]/monitors/_form/read-secrets.ts'
import { readValues, rowCount, withoutSecrets } from '../../app/(console)/[project]/monitors/_form/read-values.ts'
import { keyFrom, toSpecInput } from '../../app/(console)/[project]/monitors/_form/values-to-input.ts'
import { parseMonitorSpec } from '../../lib/commands/monitor/parse-spec.ts'
import { MONITOR_KINDS, type MonitorSpec, type MonitorTarget } from '../../lib/domain/monitor/config.ts'

/** JSON has one zero: the negative one does not come back. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const TARGETS: Record<string, Record<string, string>> = {
  http: { url: 'https://shop.example.com/health' },
  tcp: { host: 'db.example.com', port: '5432' },
  dns: { host: 'example.com' },
  tls: { host: 'example.com' },
  postgres: { host: 'db.example.com', user: 'watch' },
  prometheus: { url: 'https://api.example.com/metrics' },
  status_page: { url: 'https://status.example.com' },
  heartbeat: {},
}

test.each(MONITOR_KINDS)('a new %s with nothing but a name and a target is complete', (kind) => {
  const values = { ...freshValues(kind), name: 'Shop', ...TARGETS[kind] }
  expect(parseMonitorSpec(toSpecInput(kind, values))).toMatchObject({ ok: true, value: { kind, key: 'shop' } })
})

describe('what is shown of a stored monitor reads back as the same monitor', () => {
  const scalar = fc.oneof(fc.string({ maxLength: 20 }), number, fc.boolean(), fc.constant(null))
  const trimmed = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && !/[\r\n]/.test(text))
  const json = fc.oneof(
    scalar.map((equals) => ({ path: '$.status', equals })),
    scalar.map((notEquals) => ({ path: '$.a[0].b', notEquals })),
    number.map((above) => ({ path: '$.n', above })),
    fc.boolean().map((exists) => ({ path: '$', exists })),
    trimmed.map((contains) => ({ path: '$.text', contains })),
  )
  const header = fc.oneof(
    trimmed.map((equals) => ({ name: 'x-test', equals })),
    fc.boolean().map((exists) => ({ name: 'etag', exists })),
  )
  test('law: for every assertion', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), fc.array(header, { maxLength: 3 }), (jsons, headers) => {
        // An empty text compares like an empty row, which is passed over.
        const config = { url: 'https://shop.example.com', expect: { json: jsons, headers } }
        const parsed = parseMonitorSpec({ base: { key: 'shop', name: 'Shop' }, target: { kind: 'http', config } })
        if (!parsed.ok) throw new Error(parsed.errors[0]?.message)
        expect(readBack(parsed.value)).toEqual({ ok: true, value: parsed.value })
      }),
    )
  })

  test('law: for every interval and time-out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 86_400 }),
        fc.integer({ min: 100, max: 60_000 }),
        (intervalSeconds, timeoutMs) => {
          const base = { key: 'shop', name: 'Shop', intervalSeconds, timeoutMs }
          const parsed = parseMonitorSpec({ base, target: { kind: 'tcp', config: { host: 'a', port: 1 } } })
          if (!parsed.ok) throw new Error(parsed.errors[0]?.message)
          expect(readBack(parsed.value)).toEqual({ ok: true, value: parsed.value })
        },
      ),
    )
  })
})

test.each<MonitorTarget>([
  {
    kind: 'prometheus',
    config: {
      url: 'https://api.example.com/metrics',
      verifyTls: false,
      latencyMs: 500,
      samples: ['queue_length{queue="a, b"} < 100', 'up == 1'],
      collect: true,
      include: ['http_*', 'up'],
    },
  },
  {
    kind: 'status_page',
    config: { url: 'https://status.example.com', components: ['Auth', 'Database, EU'] },
  },
])('what is shown of a stored $kind reads back as the same monitor', (target) => {
  const parsed = parseMonitorSpec({ base: { key: 'shop', name: 'Shop' }, target })
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message)
  expect(parsed.value.config).toEqual(target.config)
  expect(readBack(parsed.value)).toEqual({ ok: true, value: parsed.value })
})

test.each([
  { kind: 'prometheus', given: { samples: 'up == 1\nqueue_length{' }, field: 'samples' },
  { kind: 'prometheus', given: { include: 'http.*' }, field: 'include' },
  { kind: 'prometheus', given: { url: 'api.example.com' }, field: 'url' },
  { kind: 'prometheus', given: { latencyMs: 'slow' }, field: 'latencyMs' },
  { kind: 'status_page', given: { components: 'x'.repeat(201) }, field: 'components' },
])('a wrong value of a $kind is told at its own control: $field', ({ kind, given, field }) => {
  const values = { ...freshValues(kind), name: 'Shop', key: 'shop', ...TARGETS[kind], ...given }
  const input = toSpecInput(kind, values as Record<string, string>)
  const parsed = parseMonitorSpec(input)
  expect(parsed.ok ? [] : parsed.errors.map((error) => fieldOf(error.field, input.rows))).toEqual([field])
})

function readBack(spec: MonitorSpec) {
  return parseMonitorSpec(toSpecInput(spec.kind, valuesOf(spec, { hasSecret: false, notifyChannelIds: [] })))
}

test.each([
  { given: { url: 'shop.example.com' }, field: 'url' },
  { given: { interval: '5', intervalUnit: 's' }, field: 'interval' },
  { given: { interval: 'often' }, field: 'interval' },
  { given: { timeout: '' }, field: 'timeout' },
  { given: { timeout: '61' }, field: 'timeout' },
  { given: { confirmFailures: '6' }, field: 'confirmFailures' },
  { given: { expectStatus: '2xx, fine' }, field: 'expectStatus' },
  { given: { 'json.0.subject': '', 'json.2.subject': 'status', 'json.2.value': 'x' }, field: 'json.2.subject' },
  { given: { 'json.1.subject': '$.a', 'json.1.op': 'above', 'json.1.value': 'much' }, field: 'json.1.value' },
  { given: { 'header.0.subject': 'content type', 'header.0.value': 'x' }, field: 'header.0.subject' },
  { given: { headers: 'no colon' }, field: 'headers' },
  { given: { tags: `${'x'.repeat(41)}` }, field: 'tags' },
  { given: { key: 'New Shop' }, field: 'key' },
  { given: { key: 'new' }, field: 'key' },
  { given: { name: ' ' }, field: 'name' },
])('a wrong value is told at its own control: $field', ({ given, field }) => {
  const values = { ...freshValues('http'), name: 'Shop', key: 'shop', ...TARGETS.http, ...given }
  const input = toSpecInput('http', values as Record<string, string>)
  const parsed = parseMonitorSpec(input)
  expect(parsed.ok ? [] : parsed.errors.map((error) => fieldOf(error.field, input.rows))).toContain(field)
})

test('a decimal comma is understood, and everything wrong is told at once', () => {
  const values = { ...freshValues('http'), name: '', url: 'x', timeout: '2,5' }
  const input = toSpecInput('http', values)
  expect(input.base.timeoutMs).toBe(2_500)
  const parsed = parseMonitorSpec(input)
  expect(parsed.ok ? [] : parsed.errors.map((error) => fieldOf(error.field, input.rows))).toEqual(
    expect.arrayContaining(['name', 'url']),
  )
})

test.each([
  ['Checkout API (EU)', 'checkout-api-eu'],
  ['Café à Paris', 'cafe-a-paris'],
  ['---', ''],
])('a key is made of the name %s', (name, key) => {
  expect(keyFrom(name)).toBe(key)
})

test('secrets never travel back to a page', () => {
  const form = new FormData()
  for (const name of ['authPassword', 'authToken', 'secretHeaders', 'password', 'name']) form.set(name, 'hush')
  expect(withoutSecrets(readValues(form))).toEqual({ name: 'hush', notify: '', regions: '' })
})

test.each([
  { what: 'kept', given: { secretOp: 'keep', authKind: 'bearer', authToken: 'x' }, expected: { op: 'keep' } },
  { what: 'cleared', given: { secretOp: 'clear' }, expected: { op: 'clear' } },
  {
    what: 'replaced',
    given: { secretOp: 'set', authKind: 'basic', authUser: 'ada', authPassword: 'x', secretHeaders: 'X-Key: 1' },
    expected: { op: 'set', value: { basicAuth: { user: 'ada', password: 'x' }, headers: { 'X-Key': '1' } } },
  },
  { what: 'left alone when there are none', given: { secretOp: 'set', authKind: 'none' }, expected: { op: 'keep' } },
])('secrets are $what', ({ given, expected }) => {
  expect(readSecrets('http', given as unknown as Record<string, string>)).toEqual({ ok: true, value: expected })
})

test('a scrape takes the secrets of a web address, a status page takes none', () => {
  const given = { secretOp: 'set', authKind: 'bearer', authToken: 'x' }
  expect(readSecrets('prometheus', given)).toEqual({ ok: true, value: { op: 'set', value: { bearerToken: 'x' } } })
  expect(readSecrets('status_page', given)).toEqual({ ok: true, value: { op: 'keep' } })
})

test.each([
  {
    what: 'nothing to replace them with',
    given: { secretOp: 'set', hadSecret: 'on', authKind: 'none' },
    field: 'secretOp',
  },
  {
    what: 'a password without a user',
    given: { secretOp: 'set', authKind: 'basic', authPassword: 'x' },
    field: 'authUser',
  },
  { what: 'a header without a name', given: { secretOp: 'set', secretHeaders: 'hush' }, field: 'secretHeaders' },
])('secrets with $what are refused at their control', ({ given, field }) => {
  expect(readSecrets('http', given as unknown as Record<string, string>)).toMatchObject({
    ok: false,
    errors: [{ field }],
  })
})

test('there is always room for one assertion, and for as many as were asked for', () => {
  expect(rowCount({}, 'json')).toBe(1)
  expect(rowCount({ 'json.3.subject': '$.a' }, 'json')).toBe(4)
  expect(rowCount({ jsonRows: '6' }, 'json')).toBe(6)
})
