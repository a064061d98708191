import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { createRegionProber } from '../../../lib/adapters/net/region-prober.ts'
import { monitorTargetSchema } from '../../../lib/domain/monitor/config.ts'
import type { RegionProbe } from '../../../lib/ports/region-prober.ts'
import { askProbers, findClosedPort, PROBER_SECRET, startImpostor, startProber } from '../../support/probers.ts'
import { serve } from '../../support/real-prober.ts'

function probeOf(id: string, url: string, secrets: RegionProbe['secrets'] = {}): RegionProbe {
  return { id, target: monitorTargetSchema.parse({ kind: 'http', config: { url } }), secrets, timeoutMs: 500 }
}

const OUTCOME = {
  verdict: 'up',
  cause: null,
  message: 'answered 200',
  startedAt: 0,
  durationMs: 5,
  phases: {},
  statusCode: 200,
  remoteAddress: null,
  bytes: 1,
  failures: [],
  certificate: null,
  bodyExcerpt: null,
}

/** What the region fra1 says of one monitor when this listens in the place of its prober. */
async function hear(answer: unknown): Promise<unknown> {
  const port = await startImpostor((_request, response) => {
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  return (await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', 'http://a.test/')])).get('m1')
}

describe('a prober', () => {
  test('looks at each target once, with its secrets, and tells what it saw', async () => {
    const asked: (string | undefined)[] = []
    const good = await serve((request, response) => {
      asked.push(request.headers.authorization)
      response.end('ok')
    })
    const bad = await serve((_request, response) => response.writeHead(503).end())
    const { port } = await startProber('fra1')
    const seen = await askProbers({ fra1: port }).probe('fra1', [
      probeOf('m1', good, { bearerToken: 'of-m1' }),
      probeOf('m2', bad),
    ])
    expect(seen.get('m1')).toMatchObject({ outcome: { verdict: 'up', statusCode: 200 } })
    expect(seen.get('m2')).toMatchObject({ outcome: { verdict: 'down', cause: 'status', statusCode: 503 } })
    expect(asked).toEqual(['Bearer of-m1'])
  })

  test('connects to no address that its operator did not allow', async () => {
    const target = await serve((_request, response) => response.end('ok'))
    const { port } = await startProber('fra1', { allowTargets: [] })
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', target)])
    expect(seen.get('m1')).toMatchObject({ outcome: { verdict: 'down', cause: 'blocked' } })
  })

  test.each([undefined, 'Bearer wrong', PROBER_SECRET, `Bearer ${PROBER_SECRET}x`, 'Bearer '])(
    'refuses authorization %j, and probes nothing',
    async (authorization) => {
      let probes = 0
      const target = await serve((_request, response) => {
        probes += 1
        response.end()
      })
      const { port } = await startProber('fra1')
      const { id, target: what, secrets, timeoutMs } = probeOf('m1', target)
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
        body: JSON.stringify({ probes: [{ id, target: what, secrets, timeoutMs }] }),
      })
      expect(response.status).toBe(401)
      expect(probes).toBe(0)
    },
  )

  test.each([
    ['no JSON', 'x', 422],
    ['no probes', '{}', 422],
    [
      'a heartbeat',
      '{"probes":[{"id":"a","target":{"kind":"heartbeat","config":{}},"secrets":{},"timeoutMs":500}]}',
      422,
    ],
    [
      'an address that is none',
      '{"probes":[{"id":"a","target":{"kind":"http","config":{"url":"file:///etc/passwd"}},"secrets":{},"timeoutMs":500}]}',
      422,
    ],
    [
      'a time-out of an hour',
      '{"probes":[{"id":"a","target":{"kind":"tcp","config":{"host":"a.test","port":1}},"secrets":{},"timeoutMs":3600000}]}',
      422,
    ],
  ])('refuses %s without repeating what it was sent', async (_name, body, status) => {
    const { port } = await startProber('fra1')
    const headers = { authorization: `Bearer ${PROBER_SECRET}` }
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain('passwd')
  })

  test('answers nothing but POST', async () => {
    const { port } = await startProber('fra1')
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(405)
  })

  test('whose control targets are silent is believed in no failure, and in every answer', async () => {
    const good = await serve((_request, response) => response.end('ok'))
    const { port } = await startProber('fra1', { controlTargets: [`http://127.0.0.1:${await findClosedPort()}/`] })
    const seen = await askProbers({ fra1: port }).probe('fra1', [
      probeOf('m1', good),
      probeOf('m2', `http://127.0.0.1:${await findClosedPort()}/`),
    ])
    expect(seen.get('m1')).toMatchObject({ outcome: { verdict: 'up' } })
    expect(seen.get('m2')).toEqual({ unknown: 'fra1 is cut off: its control targets do not answer' })
  })

  test('is believed when one of its control targets answers, with an error or not', async () => {
    const control = await serve((_request, response) => response.writeHead(500).end())
    const closed = `http://127.0.0.1:${await findClosedPort()}/`
    const { port } = await startProber('fra1', { controlTargets: [closed, control] })
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', closed)])
    expect(seen.get('m1')).toMatchObject({ outcome: { verdict: 'down' } })
  })
})

describe('what a region does not tell rightly is unknown, with the reason', () => {
  test('where it has no prober', async () => {
    const seen = await askProbers({}).probe('mars', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'no prober of that name is configured' })
  })

  test('where nobody listens', async () => {
    const seen = await askProbers({ fra1: await findClosedPort() }).probe('fra1', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'its prober cannot be reached' })
  })

  test('where the prober was killed while it probed', async () => {
    const slow = await serve(() => undefined)
    const prober = await startProber('fra1')
    const asked = askProbers({ fra1: prober.port }).probe('fra1', [probeOf('m1', slow)])
    await new Promise((resolve) => setTimeout(resolve, 50))
    await prober.stop()
    expect((await asked).get('m1')).toEqual({ unknown: 'its prober cannot be reached' })
  })

  test('where the prober hangs', async () => {
    const port = await startImpostor(() => undefined)
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'did not answer in 0.8 s' })
  })

  test('where the prober stops in the middle of its answer', async () => {
    const port = await startImpostor((_request, response) => void response.writeHead(200).write('{"region":'))
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'did not answer in 0.8 s' })
  })

  test('where the prober has another secret', async () => {
    const { port } = await startProber('fra1', { secret: 'another-secret-of-it' })
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'its prober has another secret' })
  })

  test('where the prober sends elsewhere: the secret does not travel on', async () => {
    const received: string[] = []
    const elsewhere = await serve((request, response) => {
      received.push(request.headers.authorization ?? '')
      response.end()
    })
    const port = await startImpostor((_request, response) => response.writeHead(307, { location: elsewhere }).end())
    const seen = await askProbers({ fra1: port }).probe('fra1', [probeOf('m1', 'http://a.test/')])
    expect(seen.get('m1')).toEqual({ unknown: 'its prober cannot be reached' })
    expect(received).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['no JSON', 'hello', 'its prober answered something else than results'],
    ['another shape', { outcomes: [] }, 'its prober answered something else than results'],
    [
      'a verdict that there is not',
      { region: 'fra1', doubt: null, outcomes: [{ id: 'm1', outcome: { ...OUTCOME, verdict: 'dead' } }] },
      'its prober answered something else than results',
    ],
    ['millions of bytes', 'x'.repeat(3_000_000), 'its prober answered something else than results'],
    [
      'for monitors that it was not asked about',
      { region: 'fra1', doubt: null, outcomes: ['m1', 'm2'].map((id) => ({ id, outcome: OUTCOME })) },
      'its prober answered for monitors that it was not asked about',
    ],
    ['nothing of this monitor', { region: 'fra1', doubt: null, outcomes: [] }, 'its prober told nothing'],
    [
      'from another region',
      { region: 'iad1', doubt: null, outcomes: [{ id: 'm1', outcome: OUTCOME }] },
      'its prober runs in iad1',
    ],
  ])('where it answers %s', async (_name, answer, reason) => {
    expect(await hear(answer)).toEqual({ unknown: reason })
  })

  test('where secrets would travel in the clear; probes without any still go', async () => {
    const bodies: string[] = []
    const port = await startImpostor(async (request, response) => {
      bodies.push(await text(request))
      response.end(JSON.stringify({ region: 'lab', doubt: null, outcomes: [{ id: 'm2', outcome: OUTCOME }] }))
    }, '127.0.0.2')
    // A name that is not this machine's own, as an address in a network would be.
    const addresses = new Map([['lab', `http://127.0.0.2:${port}/`]])
    const regions = createRegionProber({ addresses, secret: PROBER_SECRET, marginMs: 300 })
    const seen = await regions.probe('lab', [
      probeOf('m1', 'http://a.test/', { bearerToken: 'very-secret' }),
      probeOf('m2', 'http://a.test/'),
    ])
    expect(seen.get('m1')).toEqual({ unknown: 'its prober is reached over plain http, and the probe needs secrets' })
    expect(seen.get('m2')).toMatchObject({ outcome: { verdict: 'up' } })
    expect(bodies).toHaveLength(1)
    expect(bodies.join()).not.toContain('very-secret')
  })
})
