import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Exposition } from '../../../lib/domain/probe/exposition.ts'
import { lookupOf, probe, serveHttp } from './probe-support.ts'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const METRICS = `# HELP queue_length Messages that wait.
# TYPE queue_length gauge
queue_length{queue="mail"} 3
queue_length{queue="sms"} 400
# TYPE http_requests_total counter
http_requests_total{code="200"} 1027 1395066363000
`

const answer =
  (body: string | Buffer, contentType = TEXT, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': contentType, ...headers }).end(body)

describe('an address with metrics', () => {
  it('is up, and says how many it read', async () => {
    const url = await serveHttp(answer(METRICS))
    expect(await probe('prometheus', { url })).toMatchObject({
      verdict: 'up',
      cause: null,
      statusCode: 200,
      message: expect.stringMatching(/^read 3 samples of 2 metrics in \d+ ms$/),
      seen: [{ subject: 'metrics', value: '3 samples of 2 metrics' }],
      bodyExcerpt: null,
    })
  })

  it('is asked as Prometheus asks, with every kind of sign-in', async () => {
    const seen: unknown[] = []
    const url = await serveHttp((request, response) => {
      const { accept, authorization, 'x-key': key, 'x-prometheus-scrape-timeout-seconds': timeout } = request.headers
      seen.push([request.method, accept?.split(',')[0], authorization, key, timeout])
      answer(METRICS)(request, response)
    })
    await probe('prometheus', { url }, { secrets: { bearerToken: 'hush', headers: { 'X-Key': 'k' } } })
    await probe(
      'prometheus',
      { url },
      { secrets: { basicAuth: { user: 'service_role', password: 'p' } }, timeoutMs: 2_500 },
    )
    const format = 'application/openmetrics-text;version=1.0.0'
    expect(seen).toEqual([
      ['GET', format, 'Bearer hush', 'k', '5'],
      ['GET', format, `Basic ${Buffer.from('service_role:p').toString('base64')}`, undefined, '2.5'],
    ])
  })

  it.each([
    ['the older text', answer(METRICS, 'text/plain')],
    ['no type at all', (_request, response) => response.end(METRICS)],
    ['OpenMetrics', answer('# TYPE a counter\na_total 1 # {id="x"} 1\n# EOF\n', OPEN_METRICS)],
    ['compressed', answer(gzipSync(METRICS), TEXT, { 'content-encoding': 'gzip' })],
    ['nothing to tell', answer('')],
  ] satisfies [string, RequestListener][])('is understood as %s', async (_what, handler) => {
    expect(await probe('prometheus', { url: await serveHttp(handler) })).toMatchObject({ verdict: 'up' })
  })

  it('hands over what it read, also when an expectation fails', async () => {
    const url = await serveHttp(answer(METRICS))
    const taken: Exposition[] = []
    const outcome = await probe(
      'prometheus',
      { url, samples: ['queue_length < 100', 'queue_length{queue="mail"} < 100'] },
      { onExposition: (exposition) => taken.push(exposition) },
    )
    expect(outcome).toMatchObject({
      verdict: 'down',
      cause: 'assertion',
      failures: [{ subject: 'sample queue_length{queue="sms"}', expected: '< 100', got: '400' }],
      seen: [{ subject: 'metrics' }, { subject: 'sample queue_length{queue="mail"}', value: '3' }],
    })
    expect(taken.map(({ families }) => families.map(({ name }) => name))).toEqual([
      ['queue_length', 'http_requests_total'],
    ])
  })

  it.each([
    ['a 1\n', '1 sample of 1 metric'],
    ['a{b="1"} 1\na{b="2"} 1\n', '2 samples of 1 metric'],
    ['', '0 samples of 0 metrics'],
  ])('with %j has %s', async (body, value) => {
    const url = await serveHttp(answer(body))
    expect((await probe('prometheus', { url })).seen).toEqual([{ subject: 'metrics', value }])
  })

  it('that answers slowly is degraded', async () => {
    const url = await serveHttp((request, response) => setTimeout(() => answer(METRICS)(request, response), 60))
    expect(await probe('prometheus', { url, latencyMs: 20 })).toMatchObject({ verdict: 'degraded', cause: 'latency' })
  })

  it('that moved is followed', async () => {
    const url = await serveHttp(answer(METRICS))
    const moved = await serveHttp((_request, response) => response.writeHead(308, { location: url }).end())
    expect(await probe('prometheus', { url: moved })).toMatchObject({ verdict: 'up' })
  })
})

describe('what cannot be read is down and names the line', () => {
  it.each([
    ['a word for a number', answer(`${METRICS}disk_free plenty\n`), 'line 7', 'a number', '"plenty"'],
    ['half a line', answer(`${METRICS}disk_free{mount="/da`), 'line 7', 'a value in double quotes', '"\\"/da"'],
    ['lines with CR LF', answer('a 1\r\n'), 'line 1', 'lines that end with a line feed alone', '"CR LF"'],
    ['a sample twice', answer('a 1\na 2\n'), 'line 2', 'each sample once', '"a 2"'],
    ['OpenMetrics cut off', answer('# TYPE a gauge\na 1\n', OPEN_METRICS), 'line 3', '# EOF at the end', 'nothing'],
  ] satisfies [string, RequestListener, string, string, string][])(
    '%s',
    async (_what, handler, subject, expected, got) => {
      expect(await probe('prometheus', { url: await serveHttp(handler) })).toMatchObject({
        verdict: 'down',
        cause: 'protocol',
        message: `${subject} is ${got}, expected ${expected}`.replace('is nothing', 'is absent'),
        failures: [{ subject, expected, got }],
        bodyExcerpt: expect.any(String),
      })
    },
  )

  it('a page of HTML', async () => {
    const url = await serveHttp(answer('<!doctype html><h1>Sign in</h1>', 'text/html'))
    expect(await probe('prometheus', { url })).toMatchObject({
      verdict: 'down',
      cause: 'protocol',
      message: 'header content-type is "text/html", expected text/plain or application/openmetrics-text',
    })
  })

  it('hides a secret that the address echoes', async () => {
    const url = await serveHttp((request, response) =>
      answer(`token ${request.headers.authorization}\n`)(request, response),
    )
    const outcome = await probe('prometheus', { url }, { secrets: { bearerToken: 'hush-hush' } })
    expect(outcome).toMatchObject({ cause: 'protocol' })
    expect(JSON.stringify(outcome)).not.toContain('hush-hush')
  })
})

describe('what does not answer is down with its reason', () => {
  it.each([
    [401, 'answered 401, expected 200'],
    [404, 'answered 404, expected 200'],
    [500, 'answered 500, expected 200'],
    [204, 'answered 204, expected 200'],
  ])('status %i', async (status, message) => {
    const url = await serveHttp((_request, response) => response.writeHead(status).end())
    expect(await probe('prometheus', { url })).toMatchObject({ verdict: 'down', cause: 'status', message })
  })

  it('a body above ten megabytes', async () => {
    const line = `${'a'.repeat(99)} 1\n`
    const url = await serveHttp(answer(line.repeat(110_000)))
    expect(await probe('prometheus', { url })).toMatchObject({ verdict: 'down', cause: 'body_too_large' })
  })

  it('a body of a few kilobytes that unpacks to more', async () => {
    const url = await serveHttp(answer(gzipSync(Buffer.alloc(11_000_000, 'a')), TEXT, { 'content-encoding': 'gzip' }))
    expect(await probe('prometheus', { url })).toMatchObject({ verdict: 'down', cause: 'body_too_large' })
  })

  it('an endless body, line by line', async () => {
    const url = await serveHttp((_request, response) => {
      const timer = setInterval(() => response.write('a 1\n'), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(await probe('prometheus', { url }, { timeoutMs: 200 })).toMatchObject({ verdict: 'down', cause: 'timeout' })
  })

  it('nothing behind the port', async () => {
    expect(await probe('prometheus', { url: 'http://127.0.0.1:1/metrics' })).toMatchObject({ cause: 'tcp' })
  })

  it('an address that may not be reached, and secrets stay with their origin', async () => {
    const lookup = lookupOf((name) => (name === 'inside.example' ? ['169.254.169.254'] : ['127.0.0.1']))
    expect(await probe('prometheus', { url: 'http://inside.example/metrics' }, { lookup })).toMatchObject({
      cause: 'blocked',
    })
    let authorization: string | undefined = 'not asked'
    const other = await serveHttp((request, response) => {
      authorization = request.headers.authorization
      answer(METRICS)(request, response)
    })
    const url = await serveHttp((_request, response) => response.writeHead(302, { location: other }).end())
    await probe('prometheus', { url }, { secrets: { bearerToken: 'hush' } })
    expect(authorization).toBeUndefined()
  })
})
