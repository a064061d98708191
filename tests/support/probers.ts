import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createRegionProber } from '../../lib/adapters/net/region-prober.ts'
import { type ProberServer, startProberServer } from '../../lib/local/prober-server.ts'
import type { ProberEnvironment } from '../../lib/wiring/prober.ts'

export const PROBER_SECRET = 'sixteen-or-more-letters'
/** Short, so that a prober that hangs costs a test no time. */
const MARGIN_MS = 300

/** A prober as `vigie prober` runs it, until the end of the test. It may reach this machine. */
export async function startProber(name: string, env: Partial<ProberEnvironment> = {}): Promise<ProberServer> {
  const base: ProberEnvironment = {
    secret: PROBER_SECRET,
    allowTargets: ['127.0.0.0/8'],
    controlTargets: [],
    logLevel: 'silent',
  }
  const server = await startProberServer({ name, port: 0, host: '127.0.0.1', env: { ...base, ...env } })
  onTestFinished(() => server.stop())
  return server
}

/** What asks probers on these ports of this machine. */
export function askProbers(ports: Record<string, number>) {
  const addresses = new Map(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}/`]))
  return createRegionProber({ addresses, secret: PROBER_SECRET, marginMs: MARGIN_MS })
}

/** Something that listens where a prober should; its port. */
export async function startImpostor(handler: RequestListener, host = '127.0.0.1'): Promise<number> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A port of this machine on which nobody listens. */
export async function findClosedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
