import dgram from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHostLookup } from '../../../lib/adapters/net/resolve-host.ts'
import { probe } from './probe-support.ts'

const TYPES: Record<number, string> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  257: 'CAA',
}

const name = (text: string) =>
  Buffer.concat([
    ...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const text = (value: string) => Buffer.from([value.length, ...Buffer.from(value)])

const RECORDS: Record<string, Buffer[]> = {
  A: [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])],
  AAAA: [Buffer.from('20010db8000000000000000000000001', 'hex')],
  CNAME: [name('target.test')],
  MX: [Buffer.concat([int16(10), name('mail.test')])],
  NS: [name('ns1.test')],
  TXT: [Buffer.concat([text('v=spf1 '), text('-all')])],
  SOA: [
    Buffer.concat([name('ns1.test'), name('admin.test'), ...[7, 2, 3, 4, 5].map((n) => Buffer.from([0, 0, 0, n]))]),
  ],
  SRV: [Buffer.concat([int16(1), int16(2), int16(5060), name('sip.test')])],
  CAA: [Buffer.concat([Buffer.from([0]), text('issue'), Buffer.from('letsencrypt.org')])],
}

/** A name server of a few lines (RFC 1035): one question, answers from the table, or a response code, or silence. */
async function serveDns(behave: (type: string, call: number) => number | 'silent' = () => 0): Promise<string> {
  const server = dgram.createSocket('udp4')
  let calls = 0
  server.on('message', (query, peer) => {
    const end = query.indexOf(0, 12) + 5
    const type = TYPES[query.readUInt16BE(end - 4)] ?? 'A'
    const behaviour = behave(type, ++calls)
    if (behaviour === 'silent') return
    const data = behaviour === 0 ? (RECORDS[type] ?? []) : []
    const header = Buffer.concat([
      query.subarray(0, 2),
      int16(0x8180 | behaviour),
      int16(1),
      int16(data.length),
      int16(0),
      int16(0),
    ])
    const answers = data.map((record) =>
      Buffer.concat([
        int16(0xc00c),
        query.subarray(end - 4, end),
        Buffer.from([0, 0, 0, 60]),
        int16(record.length),
        record,
      ]),
    )
    server.send(Buffer.concat([header, query.subarray(12, end), ...answers]), peer.port, peer.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${server.address().port}`
}

describe('a DNS record', () => {
  it.each([
    ['A', ['192.0.2.2', '192.0.2.1']],
    ['AAAA', ['2001:db8::1', '2001:db8:0:0:0:0:0:1']],
    ['CNAME', ['Target.test.']],
    ['MX', ['mail.test', '10 mail.test']],
    ['NS', ['ns1.test']],
    ['TXT', ['v=spf1 -all']],
    ['SOA', ['ns1.test', '7', 'ns1.test admin.test 7 2 3 4 5']],
    ['SRV', ['sip.test:5060', '1 2 5060 sip.test']],
    ['CAA', ['letsencrypt.org', '0 issue letsencrypt.org', '0 issue "letsencrypt.org"']],
  ])('%s is up when it holds %j, and down when something else is expected', async (recordType, expectValues) => {
    const resolver = await serveDns()
    const config = { host: 'a.test', recordType, resolver }
    const outcome = await probe('dns', { ...config, expectValues })
    expect(outcome).toMatchObject({ verdict: 'up', cause: null, remoteAddress: '127.0.0.1' })
    expect(outcome.phases.dns).toBeGreaterThan(0)
    expect(await probe('dns', { ...config, expectValues: ['something.else'] })).toMatchObject({
      verdict: 'down',
      cause: 'assertion',
    })
  })

  it.each([
    [3, 'dns', /the name does not exist \(ENOTFOUND\)/],
    [2, 'dns', /the name server failed \(ESERVFAIL\)/],
    [5, 'dns', /refused the question \(EREFUSED\)/],
  ] as const)('response code %d is down', async (code, cause, message) => {
    const resolver = await serveDns(() => code)
    expect(await probe('dns', { host: 'a.test', resolver })).toMatchObject({
      verdict: 'down',
      cause,
      message: expect.stringMatching(message),
    })
  })

  it('a name without such a record is down', async () => {
    const resolver = await serveDns()
    const held = RECORDS.CAA
    RECORDS.CAA = []
    const outcome = await probe('dns', { host: 'a.test', recordType: 'CAA', resolver })
    RECORDS.CAA = held ?? []
    expect(outcome).toMatchObject({ cause: 'dns', message: 'a.test has no CAA record (ENODATA)' })
  })

  it('a server that is silent is a time-out, within the limit', async () => {
    const resolver = await serveDns(() => 'silent')
    const outcome = await probe('dns', { host: 'a.test', resolver }, { timeoutMs: 600 })
    expect(outcome).toMatchObject({ verdict: 'down', cause: 'timeout' })
    expect(outcome.durationMs).toBeLessThan(2_000)
  })

  it('one lost datagram is asked for again', async () => {
    const resolver = await serveDns((_type, call) => (call === 1 ? 'silent' : 0))
    expect(await probe('dns', { host: 'a.test', resolver }, { timeoutMs: 3_000 })).toMatchObject({ verdict: 'up' })
  })
})

describe('the lookup of targets', () => {
  it('knows localhost without asking DNS', async () => {
    const addresses = await createHostLookup()('localhost')
    expect(addresses.map(({ address }) => address)).toContain('127.0.0.1')
  })

  it('rejects a name that nobody knows', async () => {
    await expect(createHostLookup()('nothing.invalid')).rejects.toMatchObject({ code: expect.any(String) })
  })
})
