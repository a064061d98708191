import net, { type Socket } from 'node:net'
import tls from 'node:tls'
import postgres from 'postgres'
import { describe, expect, inject, it } from 'vitest'
import { DAY } from '../../../lib/domain/time/instant.ts'
import { issueCertificate } from './make-certificate.ts'
import { probe, serveTcp } from './probe-support.ts'

const server = new URL(inject('postgresUrl'))
const config = {
  host: server.hostname,
  port: Number(server.port),
  user: decodeURIComponent(server.username),
  database: 'postgres',
  tls: 'disable',
}
const secrets = { password: decodeURIComponent(server.password) }

describe('a real Postgres', () => {
  it('that answers the query is up', async () => {
    const outcome = await probe('postgres', { ...config, query: 'select generate_series(1, 3)' }, { secrets })
    expect(outcome).toMatchObject({ verdict: 'up', cause: null })
    expect(outcome.message).toMatch(/^the query answered 3 rows in \d+ ms$/)
    expect(outcome.phases.ttfb).toBeGreaterThan(0)
  })

  it.each<[string, object, { password: string }, RegExp]>([
    ['a wrong password', {}, { password: 'wrong-password' }, /password authentication failed for user .*\(28P01\)/],
    ['a database that is not there', { database: 'nowhere' }, secrets, /database "nowhere" does not exist \(3D000\)/],
    ['a query that fails', { query: 'select 1 / 0' }, secrets, /division by zero \(22012\)/],
  ])('that refuses %s is down with cause query', async (_name, change, login, message) => {
    const outcome = await probe('postgres', { ...config, ...change }, { secrets: login })
    expect(outcome).toMatchObject({ verdict: 'down', cause: 'query', message: expect.stringMatching(message) })
    expect(JSON.stringify(outcome)).not.toContain(login.password)
  })

  it('that is slower than its limit is degraded', async () => {
    expect(
      await probe('postgres', { ...config, query: 'select pg_sleep(0.1)', latencyMs: 50 }, { secrets }),
    ).toMatchObject({
      verdict: 'degraded',
      cause: 'latency',
    })
  })

  it('without TLS is down when the monitor requires it', async () => {
    expect(await probe('postgres', { ...config, tls: 'require' }, { secrets })).toMatchObject({
      cause: 'tls',
      message: 'postgres does not offer TLS, which the settings require',
    })
  })

  it('is not left with the query of a probe that ran out of time', async () => {
    const mark = `probe ${Math.random()}`
    const outcome = await probe(
      'postgres',
      { ...config, query: `select pg_sleep(600) /* ${mark} */` },
      { secrets, timeoutMs: 500 },
    )
    expect(outcome).toMatchObject({ verdict: 'down', cause: 'timeout', message: 'no answer within 500 ms' })
    const sql = postgres(server.href, { max: 1 })
    const running = async () =>
      (
        await sql`select from pg_stat_activity where query like ${`%${mark}%`} and pid <> pg_backend_pid() and state = 'active'`
      ).length
    await expect.poll(running, { timeout: 5_000 }).toBe(0)
    await sql.end()
  })
})

describe('a real Postgres behind TLS', () => {
  const certificate = issueCertificate({ name: 'db', altNames: ['127.0.0.1'], notAfter: Date.now() + 90 * DAY })
  const other = issueCertificate({ name: 'db', altNames: ['other.test'], notAfter: Date.now() + 90 * DAY })

  /** Ends TLS in front of the server, which has none here: reads SSLRequest, answers S, and passes everything on. */
  async function serveTlsFront(issued: typeof certificate, hello = 'S'): Promise<number> {
    return serveTcp((socket: Socket) => {
      socket.once('data', () => {
        socket.write(hello)
        const secured = new tls.TLSSocket(socket, { isServer: true, cert: issued.cert, key: issued.key })
        const upstream = net.connect(config.port, config.host)
        for (const end of [secured, upstream]) end.on('error', () => {})
        secured.pipe(upstream).pipe(secured)
      })
    })
  }

  it('is queried over it, verified or not', async () => {
    const port = await serveTlsFront(certificate)
    const verified = await probe('postgres', { ...config, port, tls: 'verify' }, { secrets, ca: certificate.cert })
    expect(verified).toMatchObject({ verdict: 'up', certificate: { trustError: null } })
    expect(verified.phases.tls).toBeGreaterThan(0)
    expect(await probe('postgres', { ...config, port, tls: 'require' }, { secrets })).toMatchObject({ verdict: 'up' })
  })

  it('is down when the certificate is for another host, and must be verified', async () => {
    const port = await serveTlsFront(other)
    expect(await probe('postgres', { ...config, port, tls: 'verify' }, { secrets, ca: other.cert })).toMatchObject({
      cause: 'tls',
      message: expect.stringContaining('issued for another name'),
    })
  })

  it('is refused when somebody slips bytes in before the handshake', async () => {
    const port = await serveTlsFront(certificate, 'SR\0\0\0\x08\0\0\0\0')
    expect(await probe('postgres', { ...config, port, tls: 'require' }, { secrets })).toMatchObject({
      cause: 'protocol',
    })
  })
})

describe('something that is no Postgres, or a hostile one', () => {
  const tagged = (type: string, payload: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(payload.length + 4)
    return Buffer.concat([Buffer.from(type), length, payload])
  }
  const int32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(value)
    return bytes
  }
  const probeFake = async (onStartup: (socket: Socket) => void, timeoutMs = 1_000) => {
    const port = await serveTcp((socket) => socket.once('data', () => onStartup(socket)))
    return probe('postgres', { ...config, port }, { secrets, timeoutMs })
  }

  it.each<[string, (socket: Socket) => void, string]>([
    ['closes at once', (socket) => socket.destroy(), 'tcp'],
    ['says nothing', () => {}, 'timeout'],
    ['speaks HTTP', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'protocol'],
    ['announces four gigabytes', (socket) => socket.write(Buffer.from([0x44, 0xff, 0xff, 0xff, 0xff])), 'protocol'],
    ['asks for a sign-in that is not known', (socket) => socket.write(tagged('R', int32(7))), 'protocol'],
    ['sends an empty sign-in request', (socket) => socket.write(tagged('R', Buffer.alloc(0))), 'protocol'],
    [
      'claims success of a SCRAM that never ran',
      (socket) => socket.write(tagged('R', Buffer.concat([int32(12), Buffer.from('v=AAAA')]))),
      'protocol',
    ],
    [
      'is full',
      (socket) => socket.write(tagged('E', Buffer.from('SFATAL\0C53300\0Msorry, too many clients already\0\0'))),
      'query',
    ],
  ])('that %s', async (_name, onStartup, cause) => {
    const outcome = await probeFake(onStartup)
    expect(outcome).toMatchObject({ verdict: 'down', cause })
    expect(outcome.durationMs).toBeLessThan(3_000)
  })

  it('that asks for two billion rounds of key derivation is refused at once', async () => {
    const outcome = await probeFake((socket) => {
      socket.write(tagged('R', Buffer.concat([int32(10), Buffer.from('SCRAM-SHA-256\0\0')])))
      socket.once('data', (response: Buffer) => {
        const nonce = /r=([^,]+)/.exec(response.toString())?.[1]
        socket.write(tagged('R', Buffer.concat([int32(11), Buffer.from(`r=${nonce}x,s=AAAA,i=2000000000`)])))
      })
    })
    expect(outcome).toMatchObject({ cause: 'protocol', message: expect.stringContaining('SCRAM') })
  })

  it('that never stops sending rows is cut off', async () => {
    const outcome = await probeFake((socket) => {
      socket.write(Buffer.concat([tagged('R', int32(0)), tagged('Z', Buffer.from('I'))]))
      socket.once('data', () => {
        for (let index = 0; index < 100; index++) socket.write(tagged('D', Buffer.alloc(60_000)))
      })
    })
    expect(outcome).toMatchObject({ cause: 'protocol', message: expect.stringContaining('larger than 1 MiB') })
  })
})
