import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lookupOf, probe, serveHttp } from './probe-support.ts'

const SUMMARY = readFileSync(new URL('../../fixtures/statuspage/summary.json', import.meta.url), 'utf8')

async function servePage(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const url = await serveHttp((request, response) => {
    asked.push(request.url ?? '')
    if (!request.url?.endsWith('/api/v2/summary.json')) return response.writeHead(404).end('no such page')
    return response.writeHead(200, { 'content-type': 'application/json' }).end(SUMMARY)
  })
  return { url, asked }
}

describe('a status page', () => {
  it('in trouble is down and names the current incident with its link', async () => {
    const { url } = await servePage()
    expect(await probe('status_page', { url })).toMatchObject({
      verdict: 'down',
      cause: 'assertion',
      statusCode: 200,
      failures: [
        {
          subject: 'status page',
          got: 'Partial System Outage: Connections to databases in Europe fail (https://stspg.io/db)',
        },
      ],
      seen: expect.arrayContaining([
        { subject: 'incident', value: 'Slow dashboard', url: 'https://stspg.io/slow' },
        { subject: 'component Builds', value: 'under maintenance' },
      ]),
    })
  })

  it.each([
    ['Auth', 'up'],
    ['Dashboard', 'degraded'],
    ['Builds', 'degraded'],
    ['Database', 'down'],
  ])('is judged by the component %s alone: %s', async (name, verdict) => {
    const { url } = await servePage()
    expect(await probe('status_page', { url, components: [name] })).toMatchObject({ verdict })
  })

  it.each([
    ['', '/api/v2/summary.json'],
    ['/', '/api/v2/summary.json'],
    ['/status/shop', '/status/shop/api/v2/summary.json'],
    ['/status/shop/', '/status/shop/api/v2/summary.json'],
    ['/api/v2/summary.json', '/api/v2/summary.json'],
  ])('is found from the address %j', async (path, expected) => {
    const { url, asked } = await servePage()
    expect((await probe('status_page', { url: `${url}${path}`, components: ['Auth'] })).verdict).toBe('up')
    expect(asked).toEqual([expected])
  })

  it('that moved is followed', async () => {
    const { url } = await servePage()
    const moved = await serveHttp((request, response) =>
      response.writeHead(301, { location: `${url}${request.url}` }).end(),
    )
    expect(await probe('status_page', { url: moved, components: ['Auth'] })).toMatchObject({ verdict: 'up' })
  })
})

describe('what is no status page is down with its reason', () => {
  it.each([
    ['404', 404, 'gone', { cause: 'status', message: 'answered 404, expected 200' }],
    [
      'a page of HTML',
      200,
      '<!doctype html>',
      { cause: 'protocol', message: 'status page is no JSON, expected the summary.json of a Statuspage' },
    ],
    ['nothing', 200, '', { cause: 'protocol' }],
    [
      'another kind of JSON',
      200,
      '{"status":"ok"}',
      {
        cause: 'protocol',
        failures: [{ subject: 'status', expected: 'an object', got: '"ok"' }],
        bodyExcerpt: '{"status":"ok"}',
      },
    ],
    ['more than two megabytes', 200, ' '.repeat(2_200_000), { cause: 'body_too_large' }],
  ])('%s', async (_what, status, body, expected) => {
    const url = await serveHttp((_request, response) => response.writeHead(status).end(body))
    expect(await probe('status_page', { url })).toMatchObject({ verdict: 'down', ...expected })
  })

  it('a page that never ends', async () => {
    const url = await serveHttp((_request, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(await probe('status_page', { url }, { timeoutMs: 200 })).toMatchObject({ verdict: 'down', cause: 'timeout' })
  })

  it('an address that may not be reached, at once or behind a redirect', async () => {
    expect(await probe('status_page', { url: 'http://127.0.0.1:1/' }, { allow: [] })).toMatchObject({
      cause: 'blocked',
    })
    const lookup = lookupOf((name) => (name === 'inside.example' ? ['10.0.0.1'] : ['127.0.0.1']))
    const url = await serveHttp((_request, response) =>
      response.writeHead(302, { location: 'http://inside.example/' }).end(),
    )
    expect(await probe('status_page', { url }, { lookup })).toMatchObject({ verdict: 'down', cause: 'blocked' })
  })
})
