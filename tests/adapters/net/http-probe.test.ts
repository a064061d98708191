import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { probe, serveHttp, serveTcp } from './probe-support.ts'

const HEALTHY = '{"status":"healthy"}'

describe('a healthy target', () => {
  it('is up with its phases, status, size and address', async () => {
    const url = await serveHttp((_request, response) => {
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write(HEALTHY.slice(0, 5))
        setTimeout(() => response.end(HEALTHY.slice(5)), 50)
      }, 100)
    })
    const outcome = await probe(
      'http',
      { url, expect: { json: [{ path: '$.status', equals: 'healthy' }] } },
      { now: 7 },
    )
    expect(outcome).toMatchObject({
      verdict: 'up',
      cause: null,
      startedAt: 7,
      statusCode: 200,
      remoteAddress: '127.0.0.1',
      bytes: 20,
      failures: [],
      certificate: null,
      bodyExcerpt: null,
    })
    const { dns = -1, tcp = -1, tls, ttfb = -1, transfer = -1 } = outcome.phases
    expect(dns).toBeGreaterThanOrEqual(0)
    expect(tcp).toBeGreaterThan(0)
    expect(tls).toBeUndefined()
    expect(ttfb).toBeGreaterThanOrEqual(99)
    // The rest comes 50 ms after the first byte, which a busy machine may notice late.
    expect(transfer).toBeGreaterThanOrEqual(25)
    expect(dns + tcp + ttfb + transfer).toBeLessThanOrEqual(outcome.durationMs + 1)
  })

  it('is reached by name through every address family in turn', async () => {
    const url = await serveHttp((_request, response) => response.end(HEALTHY))
    const outcome = await probe('http', { url: url.replace('127.0.0.1', 'localhost') })
    expect(outcome).toMatchObject({ verdict: 'up', remoteAddress: '127.0.0.1' })
    expect(outcome.phases.dns).toBeGreaterThan(0)
  })

  it('is sent method, headers, body and every kind of sign-in', async () => {
    const seen: unknown[] = []
    const url = await serveHttp((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push([
          request.method,
          request.headers['x-open'],
          request.headers.authorization,
          request.headers['x-key'],
          body,
        ])
        response.end(request.headers['user-agent'])
      })
    })
    const expectAgent = { keyword: 'Vigie/0.1' }
    await probe(
      'http',
      { url, method: 'POST', body: '{"a":1}', headers: { 'X-Open': 'yes' }, expect: expectAgent },
      {
        secrets: { bearerToken: 'token', headers: { 'X-Key': 'key' } },
      },
    )
    const basic = await probe(
      'http',
      { url, expect: expectAgent },
      { secrets: { basicAuth: { user: 'u', password: 'p' } } },
    )
    expect(seen).toEqual([
      ['POST', 'yes', 'Bearer token', 'key', '{"a":1}'],
      ['GET', undefined, `Basic ${Buffer.from('u:p').toString('base64')}`, undefined, ''],
    ])
    expect(basic.verdict).toBe('up')
  })

  it('may answer HEAD and 204 without a body', async () => {
    const url = await serveHttp((request, response) => {
      response.writeHead(request.method === 'HEAD' ? 200 : 204, { 'content-length': request.method === 'HEAD' ? 5 : 0 })
      response.end()
    })
    expect(await probe('http', { url, method: 'HEAD' })).toMatchObject({ verdict: 'up', bytes: 0 })
    expect(await probe('http', { url })).toMatchObject({ verdict: 'up', statusCode: 204 })
  })
})

describe('an unhealthy target', () => {
  it('is down with its status, an excerpt and no phase missing', async () => {
    const url = await serveHttp((_request, response) => response.writeHead(503).end('x'.repeat(5_000)))
    const outcome = await probe('http', { url })
    expect(outcome).toMatchObject({
      verdict: 'down',
      cause: 'status',
      statusCode: 503,
      message: 'answered 503, expected 200 to 299',
    })
    expect(outcome.bodyExcerpt).toHaveLength(1_024)
    expect(Object.keys(outcome.phases)).toEqual(['dns', 'tcp', 'ttfb', 'transfer'])
  })

  it('that is degraded says which check fails', async () => {
    const url = await serveHttp((_request, response) =>
      response.end('{"status":"degraded","checks":{"database":"error"}}'),
    )
    expect(await probe('http', { url })).toMatchObject({
      verdict: 'degraded',
      cause: 'health_degraded',
      message: expect.stringContaining('check database is "error"'),
    })
    expect(await probe('http', { url, expect: { healthBody: false } })).toMatchObject({ verdict: 'up' })
  })

  it('that is slower than its limit is degraded', async () => {
    const url = await serveHttp((_request, response) => void setTimeout(() => response.end(), 60))
    expect(await probe('http', { url, expect: { latencyMs: 20 } })).toMatchObject({
      verdict: 'degraded',
      cause: 'latency',
    })
  })

  it('that echoes secrets does not get them stored', async () => {
    const url = await serveHttp((request, response) => response.writeHead(500).end(JSON.stringify(request.headers)))
    const secrets = {
      bearerToken: 'tok"en-1',
      basicAuth: { user: 'u', password: 'pass word' },
      headers: { 'x-key': 'key-value' },
    }
    const outcome = await probe('http', { url }, { secrets })
    expect(outcome.bodyExcerpt).toContain('[hidden]')
    expect(JSON.stringify(outcome)).not.toMatch(/tok|key-value|pass word/)
  })
})

describe('time and size are bounded', () => {
  it('a target that never answers', async () => {
    const url = await serveHttp(() => {})
    const outcome = await probe('http', { url }, { timeoutMs: 200 })
    expect(outcome).toMatchObject({
      verdict: 'down',
      cause: 'timeout',
      message: 'no answer within 200 ms',
      statusCode: null,
    })
    expect(outcome.durationMs).toBeLessThan(1_000)
    expect(outcome.phases.ttfb).toBeUndefined()
  })

  it('a target that drips a byte every 50 ms for ever', async () => {
    const url = await serveHttp((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(drip))
    })
    const outcome = await probe('http', { url }, { timeoutMs: 400 })
    expect(outcome).toMatchObject({ cause: 'timeout', message: 'the answer began but did not end within 400 ms' })
    expect(outcome.durationMs).toBeLessThan(1_500)
  })

  it('a target whose redirects each stay under the limit but not together', async () => {
    let hop = 0
    const url = await serveHttp(
      (_request, response) => void setTimeout(() => response.writeHead(302, { location: `/${++hop}` }).end(), 150),
    )
    const outcome = await probe('http', { url, redirects: { follow: true, max: 10 } }, { timeoutMs: 400 })
    expect(outcome).toMatchObject({ cause: 'timeout' })
    expect(outcome.durationMs).toBeLessThan(1_500)
  })

  it('a name server that never answers', async () => {
    const outcome = await probe(
      'http',
      { url: 'http://slow.test/' },
      { timeoutMs: 200, lookup: () => new Promise(() => {}) },
    )
    expect(outcome).toMatchObject({ cause: 'timeout', message: 'no connection within 200 ms', phases: {} })
  })

  it('a body without end', async () => {
    const url = await serveHttp((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
        response.once('drain', more)
      }
      more()
    })
    const outcome = await probe('http', { url, maxBodyBytes: 200_000 })
    expect(outcome).toMatchObject({
      verdict: 'down',
      cause: 'body_too_large',
      message: 'the body is larger than 200000 bytes',
    })
  })

  it('a body of the largest size is read whole, one byte more is refused', async () => {
    const url = await serveHttp((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
    expect(await probe('http', { url: `${url}/2048`, maxBodyBytes: 2_048 })).toMatchObject({
      verdict: 'up',
      bytes: 2_048,
    })
    expect(await probe('http', { url: `${url}/2049`, maxBodyBytes: 2_048 })).toMatchObject({ cause: 'body_too_large' })
  })

  it('headers without end', async () => {
    const port = await serveTcp((socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}`))
    expect(await probe('http', { url: `http://127.0.0.1:${port}` })).toMatchObject({ cause: 'protocol' })
  })

  it('a probe that is called off rejects with the reason and says nothing about the target', async () => {
    const url = await serveHttp(() => {})
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('shutting down')), 50)
    await expect(probe('http', { url }, { signal: controller.signal })).rejects.toThrow('shutting down')
    await expect(probe('http', { url }, { signal: controller.signal })).rejects.toThrow('shutting down')
  })
})

describe('compressed bodies', () => {
  const text = '{"status":"healthy","word":"élan"}'
  it.each([
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['identity', Buffer.from(text)],
  ])('%s is read', async (encoding, body) => {
    const url = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    )
    expect(await probe('http', { url, expect: { keyword: 'élan' } })).toMatchObject({
      verdict: 'up',
      bytes: body.length,
    })
  })

  it('a bomb is refused by what it grows to', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const url = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    expect(await probe('http', { url })).toMatchObject({
      cause: 'body_too_large',
      message: 'the decompressed body is larger than 1048576 bytes',
    })
  })

  it('a body that is not what it says is a protocol failure', async () => {
    const url = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    )
    expect(await probe('http', { url })).toMatchObject({ verdict: 'down', cause: 'protocol' })
  })

  it('other character sets are understood', async () => {
    const url = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=ISO-8859-1' }).end(Buffer.from('élan', 'latin1')),
    )
    expect(await probe('http', { url, expect: { keyword: 'élan' } })).toMatchObject({ verdict: 'up' })
  })
})

describe('broken answers', () => {
  it.each<[string, string, string]>([
    ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol'],
    ['a status line that is none', 'HTTP/9.9 abc\r\n\r\n', 'protocol'],
    ['two different lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 'protocol'],
    ['a chunk size that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'protocol'],
    ['a body cut short', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'tcp'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'tcp',
    ],
    ['nothing at all', '', 'tcp'],
  ])('%s', async (_name, bytes, cause) => {
    const port = await serveTcp((socket) => {
      socket.once('data', () => socket.end(bytes))
    })
    expect(await probe('http', { url: `http://127.0.0.1:${port}` })).toMatchObject({ verdict: 'down', cause })
  })

  it('a reset connection', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await probe('http', { url: `http://127.0.0.1:${port}` })).toMatchObject({
      cause: 'tcp',
      message: expect.stringContaining('ECONNRESET'),
    })
  })

  it('a closed port', async () => {
    const outcome = await probe('http', { url: 'http://127.0.0.1:1' })
    expect(outcome).toMatchObject({
      verdict: 'down',
      cause: 'tcp',
      message: '127.0.0.1:1: the connection was refused (ECONNREFUSED)',
    })
  })

  it('a name that does not exist', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    expect(await probe('http', { url: 'http://nowhere.test' }, { lookup })).toMatchObject({
      cause: 'dns',
      message: 'nowhere.test could not be resolved: the name does not exist (ENOTFOUND)',
    })
  })

  it('a secret header that HTTP cannot carry is reported without its value', async () => {
    const url = await serveHttp((_request, response) => response.end())
    const outcome = await probe('http', { url }, { secrets: { headers: { 'x-key': 'line\nbreak' } } })
    expect(outcome).toMatchObject({ verdict: 'down', cause: 'protocol' })
    expect(JSON.stringify(outcome)).not.toContain('break')
  })
})
