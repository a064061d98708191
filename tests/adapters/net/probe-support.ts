import http, { type RequestListener } from 'node:http'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createAddressPolicy } from '../../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../../lib/adapters/net/create-prober.ts'
import type { HostLookup } from '../../../lib/adapters/net/resolve-host.ts'
import { type MonitorSecrets, type MonitorTarget, monitorTargetSchema } from '../../../lib/domain/monitor/config.ts'
import type { Exposition } from '../../../lib/domain/probe/exposition.ts'
import type { ProbeOutcome } from '../../../lib/domain/probe/outcome.ts'
import { targetFormats } from '../../../lib/wiring/target-formats.ts'

/** What the operator of these tests allows: the machine itself. */
export const LOOPBACK = ['127.0.0.0/8', '::1/128']

interface ProbeOptions {
  allow?: string[]
  lookup?: HostLookup
  ca?: string
  secrets?: MonitorSecrets
  timeoutMs?: number
  signal?: AbortSignal
  now?: number
  onExposition?: (exposition: Exposition) => void
}

/** One probe as the product runs it, against a real socket. */
export function probe(kind: MonitorTarget['kind'], config: object, options: ProbeOptions = {}): Promise<ProbeOutcome> {
  const target = monitorTargetSchema.parse({ kind, config })
  const { allow = LOOPBACK, lookup, ca, secrets = {}, timeoutMs = 5_000, signal, now, onExposition } = options
  const prober = createProber({
    allow: createAddressPolicy(allow),
    lookup,
    ca,
    clock: { now: () => now ?? Date.now() },
    formats: targetFormats,
  })
  return prober.probe({ target, secrets, timeoutMs, ...(signal && { signal }), ...(onExposition && { onExposition }) })
}

/** Listens until the test ends; then everything that is still connected is cut off. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

export async function serveHttp(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(http.createServer(handler))}`
}

/** A server that speaks whatever it likes. */
export async function serveTcp(onConnection: (socket: Socket) => void): Promise<number> {
  return listen(net.createServer(onConnection))
}

/** Names that the test decides about; each call may answer differently. */
export function lookupOf(answer: (hostname: string) => string[]): HostLookup {
  return async (hostname) => answer(hostname).map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 }))
}
