import https from 'node:https'
import tls from 'node:tls'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../../lib/domain/time/instant.ts'
import { type IssuedCertificate, issueCertificate } from './make-certificate.ts'
import { listen, lookupOf, probe, serveTcp } from './probe-support.ts'

const inDays = (days: number) => Date.now() + days * DAY + 60_000

const root = issueCertificate({ name: 'Test Root', isAuthority: true, notAfter: inDays(3_650) })
const intermediate = issueCertificate({
  name: 'Test Intermediate',
  issuer: root,
  isAuthority: true,
  notAfter: inDays(365),
})
const strangeRoot = issueCertificate({ name: 'Strange Root', isAuthority: true, notAfter: inDays(365) })
const leaf = (request: Partial<Parameters<typeof issueCertificate>[0]> = {}) =>
  issueCertificate({
    name: 'shop.test',
    issuer: root,
    altNames: ['shop.test', '127.0.0.1'],
    notAfter: inDays(60),
    ...request,
  })
const lookup = lookupOf(() => ['127.0.0.1'])

/** The chains of badssl.com, made here. */
const CASES: {
  name: string
  certificate: () => IssuedCertificate
  chain?: string[]
  host?: string
  trustError: string | null
}[] = [
  { name: 'a trusted chain', certificate: () => leaf(), trustError: null },
  {
    name: 'a chain with an intermediate',
    certificate: () => leaf({ issuer: intermediate }),
    chain: [intermediate.cert],
    trustError: null,
  },
  { name: 'a certificate for the address itself', certificate: () => leaf(), host: '127.0.0.1', trustError: null },
  { name: 'an expired certificate', certificate: () => leaf({ notAfter: inDays(-2) }), trustError: 'CERT_HAS_EXPIRED' },
  {
    name: 'one that is not yet valid',
    certificate: () => leaf({ notBefore: inDays(1) }),
    trustError: 'CERT_NOT_YET_VALID',
  },
  {
    name: 'one for another name',
    certificate: () => leaf({ altNames: ['other.test'] }),
    trustError: 'ERR_TLS_CERT_ALTNAME_INVALID',
  },
  {
    name: 'one without the address',
    certificate: () => leaf({ altNames: ['shop.test'] }),
    host: '127.0.0.1',
    trustError: 'ERR_TLS_CERT_ALTNAME_INVALID',
  },
  {
    name: 'a self-signed one',
    certificate: () => issueCertificate({ name: 'shop.test', altNames: ['shop.test'], notAfter: inDays(60) }),
    trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  },
  {
    name: 'an untrusted root',
    certificate: () => leaf({ issuer: strangeRoot }),
    chain: [strangeRoot.cert],
    trustError: 'SELF_SIGNED_CERT_IN_CHAIN',
  },
  {
    name: 'an incomplete chain',
    certificate: () => leaf({ issuer: intermediate }),
    trustError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  },
]

async function serveTls(certificate: IssuedCertificate, chain: string[] = []): Promise<number> {
  const server = https.createServer(
    { cert: certificate.cert + chain.join(''), key: certificate.key },
    (request, response) => {
      response.end(JSON.stringify(request.headers))
    },
  )
  server.on('tlsClientError', () => {})
  return listen(server)
}

describe('the chain decides', () => {
  it.each(CASES)('$name: $trustError', async ({ certificate, chain, host = 'shop.test', trustError }) => {
    const port = await serveTls(certificate(), chain)
    const expected = { verdict: trustError === null ? 'up' : 'down', cause: trustError === null ? null : 'tls' }
    const options = { ca: root.cert, lookup }
    const tlsOutcome = await probe('tls', { host, port }, options)
    expect(tlsOutcome).toMatchObject({ ...expected, certificate: { trustError } })
    expect(tlsOutcome.phases.tls).toBeGreaterThan(0)
    const httpOutcome = await probe('http', { url: `https://${host}:${port}/` }, options)
    expect(httpOutcome).toMatchObject({ ...expected, certificate: { trustError } })
    if (trustError !== null) expect(httpOutcome.message).toContain(trustError)
    const unverified = await probe(
      'http',
      { url: `https://${host}:${port}/`, verifyTls: false, expect: { certificateDays: 0 } },
      options,
    )
    expect(unverified).toMatchObject({ verdict: 'up', statusCode: 200, certificate: { trustError } })
  })

  it('no byte of the request, nor a secret in it, reaches a peer that is not trusted', async () => {
    let requests = 0
    const certificate = issueCertificate({ name: 'shop.test', altNames: ['shop.test'], notAfter: inDays(60) })
    const server = tls.createServer({ cert: certificate.cert, key: certificate.key }, (socket) => {
      socket.on('error', () => {})
      socket.on('data', () => {
        requests += 1
      })
    })
    const port = await listen(server)
    const outcome = await probe(
      'http',
      { url: `https://shop.test:${port}/` },
      { lookup, ca: root.cert, secrets: { bearerToken: 'secret' } },
    )
    expect(outcome).toMatchObject({ cause: 'tls' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(requests).toBe(0)
  })
})

describe('the end of validity', () => {
  it('is the earliest of the chain', async () => {
    const soon = issueCertificate({ name: 'Soon', issuer: root, isAuthority: true, notAfter: inDays(5) })
    const port = await serveTls(leaf({ issuer: soon }), [soon.cert])
    const outcome = await probe('tls', { host: 'shop.test', port }, { ca: root.cert, lookup })
    expect(outcome).toMatchObject({
      verdict: 'degraded',
      cause: 'certificate_expiring',
      message: expect.stringContaining('expires in 5 days'),
    })
    expect(outcome.certificate?.subject).toBe('shop.test')
    expect(outcome.certificate?.issuer).toBe('Soon')
  })

  it('warns below the limit and not above, over TLS and HTTPS alike', async () => {
    const port = await serveTls(leaf({ notAfter: inDays(5) }))
    const options = { ca: root.cert, lookup }
    const url = `https://shop.test:${port}/`
    expect(await probe('tls', { host: 'shop.test', port }, options)).toMatchObject({
      verdict: 'degraded',
      cause: 'certificate_expiring',
    })
    expect(await probe('http', { url }, options)).toMatchObject({
      verdict: 'degraded',
      cause: 'certificate_expiring',
      statusCode: 200,
    })
    expect(await probe('tls', { host: 'shop.test', port, certificateDays: 5 }, options)).toMatchObject({
      verdict: 'up',
    })
    expect(await probe('http', { url, expect: { certificateDays: 5 } }, options)).toMatchObject({ verdict: 'up' })
  })
})

describe('a handshake that fails', () => {
  it('with a server that speaks no TLS', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    expect(await probe('tls', { host: '127.0.0.1', port })).toMatchObject({ verdict: 'down', cause: 'tls' })
    expect(await probe('http', { url: `https://127.0.0.1:${port}` })).toMatchObject({ verdict: 'down', cause: 'tls' })
  })

  it('with an old protocol', async () => {
    const { cert, key } = leaf()
    const server = tls.createServer({
      cert,
      key,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    })
    server.on('tlsClientError', () => {})
    const port = await listen(server)
    expect(await probe('tls', { host: '127.0.0.1', port })).toMatchObject({ verdict: 'down', cause: 'tls' })
  })

  it('with a server that hangs up', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.destroy()))
    expect(await probe('tls', { host: '127.0.0.1', port })).toMatchObject({ verdict: 'down', cause: 'tcp' })
  })

  it('with a server that says nothing', async () => {
    const port = await serveTcp(() => {})
    const outcome = await probe('tls', { host: '127.0.0.1', port }, { timeoutMs: 200 })
    expect(outcome).toMatchObject({ verdict: 'down', cause: 'timeout' })
    expect(outcome.phases.tcp).toBeGreaterThan(0)
    expect(outcome.phases.tls).toBeUndefined()
  })
})
