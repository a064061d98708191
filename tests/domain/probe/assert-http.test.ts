import { describe, expect, it } from 'vitest'
import { httpExpectSchema, type StatusMatcher } from '../../../lib/domain/monitor/config.ts'
import { evaluateHttp, type HttpFacts } from '../../../lib/domain/probe/assert-http.ts'
import { describeStatuses, matchesStatus } from '../../../lib/domain/probe/match-status.ts'
import { DAY } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 21)

function evaluate(expectation: object, facts: Partial<HttpFacts> = {}) {
  const answer: HttpFacts = {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] },
    body: '{"status":"healthy","version":3,"tags":["a","b"],"nothing":null,"checks":{"queue":{"depth":7}}}',
    durationMs: 120,
    certificate: null,
    verifyTls: true,
    secrets: [],
    ...facts,
  }
  return evaluateHttp(httpExpectSchema.parse(expectation), answer, NOW)
}

describe('status', () => {
  it.each<[StatusMatcher[] | undefined, number, boolean]>([
    // blackbox_exporter, prober/http_test.go, TestHTTPStatusCodes
    [undefined, 200, true],
    [undefined, 201, true],
    [undefined, 299, true],
    [undefined, 300, false],
    [undefined, 404, false],
    [[404], 200, false],
    [[404], 404, true],
    [[200, 404], 404, true],
    [[200, 404], 200, true],
    [[200, 404], 201, false],
    [['4xx'], 499, true],
    [['4xx'], 500, false],
    [['200-204'], 204, true],
    [['200-204'], 205, false],
  ])('%j accepts %d: %s', (status, statusCode, accepted) => {
    expect(evaluate(status === undefined ? {} : { status }, { statusCode }).verdict).toBe(accepted ? 'up' : 'down')
  })

  it('is described as people say it', () => {
    expect(describeStatuses(['2xx'])).toBe('200 to 299')
    expect(describeStatuses([200, 204, '3xx'])).toBe('200, 204 or 300 to 399')
    expect(matchesStatus([], 200)).toBe(false)
  })

  it('is named with what was expected', () => {
    expect(evaluate({}, { statusCode: 503 })).toMatchObject({
      verdict: 'down',
      cause: 'status',
      message: 'answered 503, expected 200 to 299',
      failures: [{ subject: 'status', expected: '200 to 299', got: '503' }],
    })
  })
})

describe('assertions that hold leave the monitor up, those that do not put it down', () => {
  it.each<[object, object]>([
    [{ keyword: 'healthy' }, { keyword: 'absent' }],
    [{ keywordAbsent: 'absent' }, { keywordAbsent: 'healthy' }],
    [
      { headers: [{ name: 'Content-Type', equals: 'application/json' }] },
      { headers: [{ name: 'content-type', equals: 'text/html' }] },
    ],
    [
      { headers: [{ name: 'content-type', contains: 'json' }] },
      { headers: [{ name: 'content-type', contains: 'html' }] },
    ],
    [{ headers: [{ name: 'set-cookie', contains: 'b=2' }] }, { headers: [{ name: 'x-none', contains: 'b' }] }],
    [{ headers: [{ name: 'content-type', exists: true }] }, { headers: [{ name: 'x-none', exists: true }] }],
    [{ headers: [{ name: 'x-none', exists: false }] }, { headers: [{ name: 'content-type', exists: false }] }],
    [{ json: [{ path: '$.status', equals: 'healthy' }] }, { json: [{ path: '$.status', equals: 'ok' }] }],
    [{ json: [{ path: '$.version', equals: 3 }] }, { json: [{ path: '$.version', equals: '3' }] }],
    [{ json: [{ path: '$.nothing', equals: null }] }, { json: [{ path: '$.absent', equals: null }] }],
    [{ json: [{ path: '$.version', notEquals: 4 }] }, { json: [{ path: '$.absent', notEquals: 4 }] }],
    [{ json: [{ path: '$.tags', contains: 'b' }] }, { json: [{ path: '$.tags', contains: 'c' }] }],
    [{ json: [{ path: '$.tags[1]', equals: 'b' }] }, { json: [{ path: '$.tags[2]', equals: 'b' }] }],
    [{ json: [{ path: "$['checks'].queue.depth", below: 8 }] }, { json: [{ path: '$.checks.queue.depth', above: 7 }] }],
    [{ json: [{ path: '$.status', contains: 'health' }] }, { json: [{ path: '$.version', contains: '3' }] }],
    [{ json: [{ path: '$.nothing', exists: true }] }, { json: [{ path: '$.constructor', exists: true }] }],
    [{ json: [{ path: '$.absent', exists: false }] }, { json: [{ path: '$.status', exists: false }] }],
  ])('%j holds, %j does not', (holds, fails) => {
    expect(evaluate(holds)).toMatchObject({ verdict: 'up', failures: [] })
    expect(evaluate(fails)).toMatchObject({ verdict: 'down', cause: 'assertion' })
  })

  it('a wrong JSON value is told with both values', () => {
    const facts = { body: '{"status":"degraded"}' }
    expect(evaluate({ healthBody: false, json: [{ path: '$.status', equals: 'healthy' }] }, facts).message).toBe(
      '$.status is "degraded", expected "healthy"',
    )
  })

  it.each([null, '', 'not json', '{"a":'])('the body %j fails every JSON assertion', (body) => {
    expect(evaluate({ json: [{ path: '$.a', exists: false }] }, { body }).message).toMatch(/the body is not JSON/)
  })
})

describe('the worst finding decides', () => {
  it('slow is degraded, exactly at the limit is not', () => {
    expect(evaluate({ latencyMs: 100 }, { durationMs: 1_240 })).toMatchObject({
      verdict: 'degraded',
      cause: 'latency',
      message: 'took 1.24 s, expected at most 100 ms',
    })
    expect(evaluate({ latencyMs: 100 }, { durationMs: 100 }).verdict).toBe('up')
  })

  it('slow and wrong is down, and both are listed, the worse first', () => {
    const result = evaluate({ latencyMs: 100 }, { statusCode: 500, durationMs: 200 })
    expect(result).toMatchObject({ verdict: 'down', cause: 'status' })
    expect(result.failures.map((failure) => failure.subject)).toEqual(['status', 'latency'])
  })

  it('a 503 with a health body names the failing check', () => {
    const body = '{"status":"degraded","checks":{"database":"error"}}'
    expect(evaluate({}, { statusCode: 503, body }).message).toBe(
      'answered 503, expected 200 to 299; reports its health as "degraded"; check database is "error"',
    )
  })

  it('a certificate that ends soon is degraded, one that was not verified and has ended too', () => {
    const certificate = { expiresAt: NOW + 5 * DAY, issuer: 'i', subject: 's', trustError: null }
    expect(evaluate({}, { certificate })).toMatchObject({ verdict: 'degraded', cause: 'certificate_expiring' })
    expect(evaluate({ certificateDays: 5 }, { certificate }).verdict).toBe('up')
    const ended = { ...certificate, expiresAt: NOW - DAY, trustError: 'CERT_HAS_EXPIRED' }
    expect(evaluate({}, { certificate: ended })).toMatchObject({ verdict: 'down', cause: 'tls' })
    expect(evaluate({}, { certificate: ended, verifyTls: false }).verdict).toBe('degraded')
    expect(evaluate({ certificateDays: 0 }, { certificate: ended, verifyTls: false }).verdict).toBe('up')
  })

  it('names three findings and counts the rest', () => {
    const json = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ path: `$.${key}`, exists: true }))
    expect(evaluate({ json }).message).toMatch(/^\$\.a is absent.*; and 2 more$/)
  })
})

describe('no message repeats a secret', () => {
  const secret = 'sk_live_"quoted" & long/secret'
  it('neither as it is, nor as JSON, nor cut in half', () => {
    const body = JSON.stringify({ status: 'healthy', echo: `${'x'.repeat(90)}${secret}` })
    const result = evaluate(
      { json: [{ path: '$.echo', equals: 'a' }], headers: [{ name: 'x-echo', equals: 'a' }] },
      {
        body,
        headers: { 'x-echo': secret },
        secrets: [secret],
      },
    )
    expect(JSON.stringify(result)).not.toMatch(/sk_live/)
    expect(result.failures.find((failure) => failure.subject === 'header x-echo')?.got).toBe('"[hidden]"')
  })
})

describe('hostile bodies', () => {
  it('ten thousand levels of nesting are judged, not thrown', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const body = `{"status":${deep},"checks":{"a":${deep}}}`
    expect(evaluate({ json: [{ path: '$.status', contains: 'x' }] }, { body }).message).toBe(
      '$.status is a list of 1, expected to contain "x"',
    )
  })
})
