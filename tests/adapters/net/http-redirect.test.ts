import { describe, expect, it } from 'vitest'
import { probe, serveHttp } from './probe-support.ts'

describe('redirects', () => {
  it('are followed, and their phases summed', async () => {
    const url = await serveHttp((request, response) => {
      const hop = Number(request.url?.slice(1))
      setTimeout(
        () => (hop < 3 ? response.writeHead(302, { location: `/${hop + 1}` }).end() : response.end('arrived')),
        30,
      )
    })
    const outcome = await probe('http', { url: `${url}/0`, expect: { keyword: 'arrived' } })
    expect(outcome).toMatchObject({ verdict: 'up', statusCode: 200 })
    expect(outcome.phases.ttfb).toBeGreaterThanOrEqual(115)
  })

  it('are not followed when the monitor says so; the redirect itself is then the answer', async () => {
    const url = await serveHttp((_request, response) => response.writeHead(301, { location: 'http://10.0.0.1/' }).end())
    const redirects = { follow: false, max: 5 }
    expect(await probe('http', { url, redirects })).toMatchObject({ cause: 'status', statusCode: 301 })
    expect(await probe('http', { url, redirects, expect: { status: [301] } })).toMatchObject({ verdict: 'up' })
  })

  it('end at the limit', async () => {
    let hop = 0
    const url = await serveHttp((_request, response) => response.writeHead(302, { location: `/${++hop}` }).end())
    expect(await probe('http', { url })).toMatchObject({ verdict: 'down', cause: 'redirect' })
    expect(hop).toBe(6)
  })

  it('in a loop are recognised', async () => {
    const url = await serveHttp((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    )
    expect(await probe('http', { url: `${url}/a` })).toMatchObject({
      cause: 'redirect',
      message: expect.stringContaining('in a loop'),
    })
  })

  it.each(['ftp://127.0.0.1/', 'javascript:alert(1)', 'http://[', 'file:///etc/passwd'])(
    'to %s are refused',
    async (location) => {
      const url = await serveHttp((_request, response) => response.writeHead(302, { location }).end())
      expect(await probe('http', { url })).toMatchObject({ verdict: 'down', cause: 'redirect' })
    },
  )

  it('without a location and 304 are answers like any other', async () => {
    const url = await serveHttp((request, response) => response.writeHead(Number(request.url?.slice(1))).end())
    expect(await probe('http', { url: `${url}/302` })).toMatchObject({ cause: 'status', statusCode: 302 })
    expect(await probe('http', { url: `${url}/304`, expect: { status: [304] } })).toMatchObject({ verdict: 'up' })
  })

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'body'],
    [308, 'POST', 'body'],
  ])('after POST, %d is followed with %s', async (status, method, body) => {
    let seen: unknown
    const url = await serveHttp((request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end()
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        seen = [request.method, text]
        response.end()
      })
    })
    expect(await probe('http', { url, method: 'POST', body: 'body' })).toMatchObject({ verdict: 'up' })
    expect(seen).toEqual([method, body])
  })
})

describe('credentials', () => {
  const secrets = { bearerToken: 'bearer-secret', headers: { 'X-Api-Key': 'header-secret' } }
  const config = { headers: { Cookie: 'session=1', 'X-Open': 'open' } }

  it('go along to the same origin', async () => {
    let seen: NodeJS.Dict<string | string[]> = {}
    const url = await serveHttp((request, response) => {
      if (request.url === '/') return void response.writeHead(302, { location: '/next' }).end()
      seen = request.headers
      response.end()
    })
    await probe('http', { url, ...config }, { secrets })
    expect(seen).toMatchObject({
      authorization: 'Bearer bearer-secret',
      'x-api-key': 'header-secret',
      cookie: 'session=1',
      'x-open': 'open',
    })
  })

  it('stay behind on another origin, and also when that leads back', async () => {
    const seen: NodeJS.Dict<string | string[]>[] = []
    let home = ''
    const other = await serveHttp((request, response) => {
      seen.push(request.headers)
      response.writeHead(302, { location: `${home}/back` }).end()
    })
    home = await serveHttp((request, response) => {
      if (request.url === '/') return void response.writeHead(302, { location: other }).end()
      seen.push(request.headers)
      response.end()
    })
    expect(await probe('http', { url: home, ...config }, { secrets })).toMatchObject({ verdict: 'up' })
    expect(seen).toHaveLength(2)
    for (const headers of seen) {
      expect(headers).toMatchObject({ 'x-open': 'open' })
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('x-api-key')
      expect(headers).not.toHaveProperty('cookie')
    }
  })
})
