import https from 'node:https'
import { describe, expect, it } from 'vitest'
import { createAddressPolicy } from '../../../lib/adapters/net/address-policy.ts'
import { createGuardedRequest } from '../../../lib/adapters/net/guarded-request.ts'
import { DAY } from '../../../lib/domain/time/instant.ts'
import { issueCertificate } from './make-certificate.ts'
import { LOOPBACK, listen, serveHttp, serveTcp } from './probe-support.ts'

const send = createGuardedRequest({ allow: createAddressPolicy(LOOPBACK) })
const post = { method: 'POST' as const, body: '{"a":"é"}', timeoutMs: 2_000 }

describe('a guarded request', () => {
  it('carries method, headers and body, and brings back status, headers and body', async () => {
    const url = await serveHttp((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () =>
        response.writeHead(202, { 'retry-after': '7' }).end(`${request.method} ${request.headers['x-sign']} ${body}`),
      )
    })
    expect(await send({ ...post, url, headers: { 'X-Sign': 'abc' } })).toMatchObject({
      statusCode: 202,
      headers: { 'retry-after': '7' },
      body: 'POST abc {"a":"é"}',
    })
  })

  it('does not follow redirects', async () => {
    const url = await serveHttp((_request, response) => response.writeHead(307, { location: 'http://10.0.0.1/' }).end())
    expect(await send({ ...post, url })).toMatchObject({ statusCode: 307 })
  })

  it('cuts an answer that is too long and keeps its status', async () => {
    const url = await serveHttp((_request, response) => response.end('x'.repeat(1_000_000)))
    expect(await send({ ...post, url, maxBytes: 100 })).toMatchObject({ statusCode: 200, body: 'x'.repeat(100) })
  })

  it('is blocked where the policy does not allow the address', async () => {
    const strict = createGuardedRequest({ allow: createAddressPolicy([]) })
    const url = await serveHttp((_request, response) => response.end())
    expect(await strict({ ...post, url })).toMatchObject({ failed: true, cause: 'blocked', sent: false })
  })

  it('says whether the other side may have taken it', async () => {
    const silent = await serveHttp(() => {})
    expect(await send({ ...post, url: silent, timeoutMs: 200 })).toMatchObject({ cause: 'timeout', sent: true })
    const rude = await serveTcp((socket) => socket.once('data', () => socket.destroy()))
    expect(await send({ ...post, url: `http://127.0.0.1:${rude}` })).toMatchObject({ cause: 'tcp', sent: true })
    expect(await send({ ...post, url: 'http://127.0.0.1:1' })).toMatchObject({ cause: 'tcp', sent: false })
    expect(await send({ ...post, url: silent, headers: { 'x-bad': 'a\nb' } })).toMatchObject({
      cause: 'protocol',
      sent: false,
    })
    expect(await send({ ...post, url: 'ftp://127.0.0.1' })).toMatchObject({ cause: 'protocol', sent: false })
  })

  it('sends nothing to a peer whose certificate is not trusted', async () => {
    const { cert, key } = issueCertificate({ name: 'hook', altNames: ['127.0.0.1'], notAfter: Date.now() + DAY })
    const url = `https://127.0.0.1:${await listen(https.createServer({ cert, key }, (_request, response) => response.end('ok')))}`
    expect(await send({ ...post, url })).toMatchObject({ failed: true, cause: 'tls', sent: false })
    const trusting = createGuardedRequest({ allow: createAddressPolicy(LOOPBACK), ca: cert })
    expect(await trusting({ ...post, url })).toMatchObject({ statusCode: 200, body: 'ok' })
  })
})
