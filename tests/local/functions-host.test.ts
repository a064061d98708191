import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FunctionsHost, startFunctionsHost } from '../../lib/local/functions-host.ts'
import type { LoadModule } from '../../lib/local/run-function.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const json = (request: Request, extra: object = {}) =>
  Response.json({ url: request.url, method: request.method, ...extra })
const slow = { started: 0, finished: 0 }

/** The functions of a small project, by file. */
const modules: Record<string, unknown> = {
  'api/echo.ts': {
    GET: (request: Request) => json(request, { forwardedFor: request.headers.get('x-forwarded-for') }),
    POST: async (request: Request) => json(request, { body: await request.text() }),
  },
  'api/any.ts': { default: { fetch: (request: Request) => json(request) } },
  'api/wrapped.ts': { default: { default: { GET: (request: Request) => json(request) } } },
  'api/cookies.ts': {
    GET: () =>
      new Response('', {
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      }),
  },
  'api/broken.ts': {
    GET: () => {
      throw new Error('the secret is swordfish')
    },
  },
  'api/slow.ts': {
    GET: async () => {
      slow.started += 1
      await sleep(300)
      slow.finished += 1
      return new Response('done')
    },
  },
  'api/both.ts': { GET: () => new Response('function') },
}

const root = temporaryDirectory()
for (const file of Object.keys(modules)) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), '')
}
const load: LoadModule = async (file) => modules[file.slice(root.length + 1)]
const logged: { event: string; fields: Record<string, unknown> | undefined }[] = []
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (event: string, fields?: Record<string, unknown>) => void logged.push({ event, fields }),
}

let pages: Server
let host: FunctionsHost
let base: string

beforeAll(async () => {
  pages = createServer(async (incoming, outgoing) => {
    let size = 0
    for await (const chunk of incoming as AsyncIterable<Buffer>) size += chunk.length
    outgoing.writeHead(
      incoming.url === '/missing' ? 404 : 200,
      [
        ['x-page', '1'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ].flat(),
    )
    outgoing.end(JSON.stringify({ path: incoming.url, headers: incoming.headers, size }))
  })
  pages.on('upgrade', (_: IncomingMessage, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
    socket.pipe(socket)
  })
  pages.listen(0, '127.0.0.1')
  await once(pages, 'listening')
  host = await start()
  base = `http://127.0.0.1:${host.port}`
})
afterAll(async () => {
  await host.stop(1_000)
  pages.close()
})

function start(nextPort = (pages.address() as AddressInfo).port): Promise<FunctionsHost> {
  return startFunctionsHost({
    port: 0,
    root,
    rewrites: [{ source: '/e/:rest*', destination: '/api/echo?rest=:rest*' }],
    nextPort,
    load,
    log,
  })
}

test('a function gets the request, with the caller named', async () => {
  const answer = await (await fetch(`${base}/api/echo?a=1`)).json()
  expect(answer).toMatchObject({
    url: `${base}/api/echo?a=1`,
    method: 'GET',
    forwardedFor: expect.stringContaining('127.0.0.1'),
  })
})

test('a body reaches the function', async () => {
  const response = await fetch(`${base}/api/echo`, { method: 'POST', body: 'naïve' })
  expect(await response.json()).toMatchObject({ method: 'POST', body: 'naïve' })
})

test('a rewrite leads to the function, which sees the path that was asked for', async () => {
  expect(await (await fetch(`${base}/e/x/y`)).json()).toMatchObject({ url: `${base}/e/x/y?rest=x%2Fy` })
})

test.each(['/api/any', '/api/wrapped'])('%s is found behind its default export', async (path) => {
  expect((await fetch(base + path)).status).toBe(200)
})

test('HEAD is answered by GET, without a body', async () => {
  const response = await fetch(`${base}/api/echo`, { method: 'HEAD' })
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test('a method that the function does not have is answered 405, naming those that it has', async () => {
  const response = await fetch(`${base}/api/echo`, { method: 'DELETE' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('several cookies stay several', async () => {
  expect((await fetch(`${base}/api/cookies`)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})

test('a function that throws is answered 500 with a request id, and only the log has the reason', async () => {
  const response = await fetch(`${base}/api/broken`)
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).not.toContain('swordfish')
  expect(logged.at(-1)).toMatchObject({
    event: 'function_failed',
    fields: { requestId: JSON.parse(text).error.requestId, error: expect.stringContaining('the secret is swordfish') },
  })
})

test('whoever hangs up before the answer is no failure of the function', async () => {
  const before = logged.length
  const { started, finished } = slow
  const hangingUp = new AbortController()
  const asked = fetch(`${base}/api/slow`, { signal: hangingUp.signal })
  await expect.poll(() => slow.started).toBe(started + 1)
  hangingUp.abort()
  await expect(asked).rejects.toThrow()
  await expect.poll(() => slow.finished).toBe(finished + 1)
  await sleep(50)
  expect(logged.slice(before)).toEqual([])
})

test('a body beyond the limit of Vercel is refused', async () => {
  const response = await fetch(`${base}/api/echo`, { method: 'POST', body: Buffer.alloc(5_000_000) })
  expect(response.status).toBe(413)
})

test('what is no function is the page server’s, headers and streamed bodies included', async () => {
  const response = await fetch(`${base}/some/page?x=1`, {
    method: 'POST',
    body: Buffer.alloc(6_000_000),
    headers: { 'x-own': 'y' },
  })
  const seen = await response.json()
  expect(seen).toMatchObject({ path: '/some/page?x=1', size: 6_000_000 })
  expect(seen.headers).toMatchObject({
    'x-own': 'y',
    host: `127.0.0.1:${host.port}`,
    'x-forwarded-host': `127.0.0.1:${host.port}`,
    'x-forwarded-proto': 'http',
    'x-forwarded-for': expect.stringContaining('127.0.0.1'),
  })
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect((await fetch(`${base}/missing`)).status).toBe(404)
})

test('a body in chunks reaches the page server', async () => {
  const outgoing = request(`${base}/upload`, { method: 'POST' })
  outgoing.write('one')
  await sleep(20)
  outgoing.end('two')
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += chunk
  expect(JSON.parse(text)).toMatchObject({ size: 6 })
})

test('a path that is a function and a page is the function’s, as on Vercel', async () => {
  expect(await (await fetch(`${base}/api/both`)).text()).toBe('function')
})

test('a WebSocket is passed through in both directions', async () => {
  const socket = connect(host.port, '127.0.0.1')
  socket.write(`GET /_next/hmr HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`)
  const [head] = await once(socket, 'data')
  expect(String(head)).toContain('101 Switching Protocols')
  socket.write('ping')
  const [echoed] = await once(socket, 'data')
  expect(String(echoed)).toBe('ping')
  socket.destroy()
})

test('while the page server is away the answer is 503, and functions go on', async () => {
  const alone = await start(1)
  const page = await fetch(`http://127.0.0.1:${alone.port}/`)
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2'])
  expect((await fetch(`http://127.0.0.1:${alone.port}/api/both`)).status).toBe(200)
  await alone.stop(1_000)
})

test('a port that is taken is refused', async () => {
  await expect(
    startFunctionsHost({ port: host.port, root, rewrites: [], nextPort: 1, load, log }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('stopping lets a running function finish', async () => {
  const other = await start()
  const { started, finished } = slow
  const answer = fetch(`http://127.0.0.1:${other.port}/api/slow`)
  await expect.poll(() => slow.started).toBe(started + 1)
  await other.stop(5_000)
  expect(slow.finished).toBe(finished + 1)
  expect(await (await answer).text()).toBe('done')
})
