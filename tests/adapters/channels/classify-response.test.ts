import { describe, expect, test } from 'vitest'
import { classifyResponse, readRetryAfter } from '../../../lib/adapters/channels/classify-response.ts'
import type { Cause } from '../../../lib/domain/probe/outcome.ts'

const now = Date.UTC(2026, 10, 21, 2, 12)
const options = { who: 'The webhook', now, secrets: ['hunter2-secret'] }
const answered = (statusCode: number, headers: Record<string, string> = {}, body = '') =>
  classifyResponse({ ok: true, statusCode, headers, body }, options)
const failed = (cause: Cause) => classifyResponse({ ok: false, cause, message: 'it broke' }, options)

describe('a status decides what follows', () => {
  test.each([200, 201, 202, 204, 299])('%i is delivered', (status) =>
    expect(answered(status).outcome).toBe('delivered'),
  )
  test.each([408, 425, 429, 500, 502, 503, 504, 529])('%i is tried again', (status) =>
    expect(answered(status)).toMatchObject({ outcome: 'retry', statusCode: status, uncertain: false }),
  )
  test.each([301, 302, 304, 307, 400, 401, 403, 404, 405, 409, 413, 418, 422])('%i is refused for good', (status) =>
    expect(answered(status)).toMatchObject({ outcome: 'rejected', statusCode: status }),
  )
  test('410 is gone', () => expect(answered(410)).toMatchObject({ outcome: 'gone', statusCode: 410 }))
})

describe('without an answer', () => {
  test.each<Cause>(['dns', 'tcp', 'tls'])('%s certainly did not deliver and is tried again', (cause) =>
    expect(failed(cause)).toMatchObject({ outcome: 'retry', uncertain: false, statusCode: null }),
  )
  test.each<Cause>(['timeout', 'protocol'])(
    '%s may have delivered, is tried again, and says that it is uncertain',
    (cause) => expect(failed(cause)).toMatchObject({ outcome: 'retry', uncertain: true, statusCode: null }),
  )
  test.each<Cause>(['blocked', 'redirect'])('%s is a setting and not repeated', (cause) =>
    expect(failed(cause)).toMatchObject({ outcome: 'rejected', statusCode: null }),
  )
})

test.each<[string | undefined, number | null]>([
  [undefined, null],
  ['', null],
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Sat, 21 Nov 2026 02:13:30 GMT', 90_000],
  ['Saturday, 21-Nov-26 02:13:30 GMT', 90_000],
  ['Sat, 21 Nov 2026 01:00:00 GMT', 0],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2027', 2_027_000],
])('Retry-After %j means a pause of %j ms', (header, ms) => {
  expect(readRetryAfter(header, now)).toBe(ms)
})

test('the pause that a provider asks for is kept with the result', () => {
  expect(answered(429, { 'retry-after': '30' })).toMatchObject({ outcome: 'retry', retryAfterMs: 30_000 })
})

test('the detail quotes the answer in one short line, without secrets', () => {
  const { detail } = answered(400, {}, `bad\r\nkey hunter2-secret ${'x'.repeat(5_000)}`)
  expect(detail).toContain('The webhook answered 400: bad key [hidden]')
  expect(detail).not.toContain('hunter2')
  expect(detail.length).toBeLessThan(300)
})
