import { describe, expect, it } from 'vitest'
import { createAddressPolicy, explainRange, splitRanges } from '../../../lib/adapters/net/address-policy.ts'
import { lookupOf, probe, serveHttp } from './probe-support.ts'

const REFUSED = [
  '127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254',
  '100.64.0.1', '100.100.100.200', '192.0.0.192', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1',
  '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16', '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:10.0.0.1',
  'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::1', '2001::1', '5f00::1', '::2', '::7f00:1', '4000::1',
] // biome-ignore format: a table of addresses
const PUBLIC = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8']

/** Spellings of 127.0.0.1 and its like that URL parsers accept (WHATWG URL, "IPv4 parser"). */
const ODD_SPELLINGS = [
  '127.1', '0x7f.1', '2130706433', '017700000001', '0177.0.0.1', '①②⑦.0.0.1', '127。0。0。1', '127.0.0.1.', '0', '[::1]',
  '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:0:0:1]', '[::]', '0x7f000001', '127.0.1', '[::127.0.0.1]',
] // biome-ignore format: a table of addresses

describe('the address policy', () => {
  const policy = createAddressPolicy([])

  it.each(REFUSED)('refuses %s', (address) => expect(policy.findRefusal(address)).not.toBeNull())

  it.each(PUBLIC)('allows %s', (address) => expect(policy.findRefusal(address)).toBeNull())

  it('refuses what is no address', () => expect(policy.findRefusal('example.com')).toBe('not an IP address'))

  it('allows exactly the ranges that the operator names, in either spelling of IPv4', () => {
    const named = createAddressPolicy(splitRanges(' 127.0.0.0/8, ::1/128 ,10.1.2.3'))
    for (const address of ['127.9.9.9', '::ffff:127.0.0.1', '::1', '10.1.2.3'])
      expect(named.findRefusal(address)).toBeNull()
    for (const address of ['10.1.2.4', '::2', '192.168.0.1']) expect(named.findRefusal(address)).not.toBeNull()
  })

  it.each(['10.0.0.0/33', '10.0.0/8/8', 'localhost', '', '300.0.0.1', '::1/129'])(
    'says what is wrong with %j',
    (text) => {
      expect(explainRange(text)).toMatch(/is not an address range such as 10\.0\.0\.0\/8/)
      expect(() => createAddressPolicy([text])).toThrow(/^VIGIE_ALLOW_TARGETS: /)
    },
  )
})

describe('probes of forbidden targets', () => {
  it.each([...ODD_SPELLINGS, '10.0.0.1', '169.254.169.254', '168.63.129.16', '[fd00:ec2::254]'])(
    'http://%s is blocked before anything is connected',
    async (host) => {
      const outcome = await probe('http', { url: `http://${host}/` }, { allow: [] })
      expect(outcome).toMatchObject({ verdict: 'down', cause: 'blocked', phases: {}, remoteAddress: null })
    },
  )

  it('localhost is blocked by what it resolves to', async () => {
    for (const host of ['localhost', 'localhost.', 'LOCALHOST'])
      expect(await probe('http', { url: `http://${host}/` }, { allow: [] })).toMatchObject({ cause: 'blocked' })
  })

  it('a loopback target is reached when its range is allowed, and only then', async () => {
    const url = await serveHttp((_request, response) => response.end('ok'))
    expect(await probe('http', { url }, { allow: ['127.0.0.0/8'] })).toMatchObject({ verdict: 'up' })
    expect(await probe('http', { url }, { allow: ['127.0.0.2/32'] })).toMatchObject({
      cause: 'blocked',
      message: '127.0.0.1 is a loopback address; the operator can allow it with VIGIE_ALLOW_TARGETS',
    })
  })

  it('one forbidden address among public ones blocks the name', async () => {
    const lookup = lookupOf(() => ['93.184.215.14', '10.0.0.1'])
    expect(await probe('http', { url: 'http://mixed.test' }, { allow: [], lookup })).toMatchObject({
      cause: 'blocked',
      message: expect.stringContaining('mixed.test resolves to 10.0.0.1, a private address'),
    })
  })

  it('a redirect to a forbidden address is blocked', async () => {
    const url = await serveHttp((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    )
    expect(await probe('http', { url })).toMatchObject({ verdict: 'down', cause: 'blocked' })
  })

  it('a name that answers an allowed address first and a forbidden one at the redirect is blocked', async () => {
    const url = await serveHttp((_request, response) => response.writeHead(302, { location: '/again' }).end())
    const answers = [['127.0.0.1'], ['10.0.0.1']]
    const lookup = lookupOf(() => answers.shift() ?? [])
    const outcome = await probe('http', { url: url.replace('127.0.0.1', 'rebind.test') }, { lookup })
    expect(outcome).toMatchObject({
      cause: 'blocked',
      message: expect.stringContaining('rebind.test resolves to 10.0.0.1'),
    })
  })

  it('a name is resolved once per connection, so that it cannot change between check and use', async () => {
    const url = await serveHttp((_request, response) => response.end())
    let calls = 0
    const lookup = lookupOf(() => [++calls === 1 ? '127.0.0.1' : '10.0.0.1'])
    expect(await probe('http', { url: url.replace('127.0.0.1', 'rebind.test') }, { lookup })).toMatchObject({
      verdict: 'up',
    })
    expect(calls).toBe(1)
  })

  it.each([
    ['tcp', { host: '127.0.0.1', port: 1 }],
    ['tcp', { host: '[::1]', port: 1 }],
    ['tls', { host: '10.0.0.1' }],
    ['postgres', { host: '192.168.0.1', user: 'u' }],
    ['dns', { host: 'a.test', resolver: '169.254.169.253' }],
    ['dns', { host: 'a.test', resolver: '[::1]:53' }],
  ] as const)('%s %j is guarded too', async (kind, config) => {
    expect(await probe(kind, config, { allow: [] })).toMatchObject({ verdict: 'down', cause: 'blocked' })
  })
})
