import { describe, expect, it } from 'vitest'
import { lookupOf, probe, serveTcp } from './probe-support.ts'

describe('a TCP port', () => {
  it('that accepts is up with its connect time', async () => {
    const port = await serveTcp(() => {})
    const outcome = await probe('tcp', { host: '127.0.0.1', port })
    expect(outcome).toMatchObject({ verdict: 'up', remoteAddress: '127.0.0.1', phases: { dns: 0 } })
    expect(outcome.phases.tcp).toBeGreaterThan(0)
    expect(outcome.message).toMatch(/^connected in \d+ ms$/)
  })

  it('that is closed is down', async () => {
    expect(await probe('tcp', { host: '127.0.0.1', port: 1 })).toMatchObject({ verdict: 'down', cause: 'tcp' })
  })

  it('that accepts too slowly is degraded', async () => {
    const port = await serveTcp(() => {})
    const lookup = () =>
      new Promise<{ address: string; family: 4 }[]>((resolve) => {
        setTimeout(() => resolve([{ address: '127.0.0.1', family: 4 }]), 60)
      })
    expect(await probe('tcp', { host: 'slow.test', port, latencyMs: 20 }, { lookup })).toMatchObject({
      verdict: 'degraded',
      cause: 'latency',
    })
  })

  it('is reached at its second address when the first one refuses', async () => {
    const port = await serveTcp(() => {})
    const outcome = await probe(
      'tcp',
      { host: 'two.test', port },
      { lookup: lookupOf(() => ['127.0.0.99', '127.0.0.1']) },
    )
    expect(outcome).toMatchObject({ verdict: 'up', remoteAddress: '127.0.0.1' })
  })

  it('leaves no connection open', async () => {
    let closed = 0
    const port = await serveTcp((socket) => {
      socket.on('close', () => {
        closed += 1
      })
      socket.resume()
    })
    await probe('tcp', { host: '127.0.0.1', port })
    await expect.poll(() => closed).toBe(1)
  })
})
