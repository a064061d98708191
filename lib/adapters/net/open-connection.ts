import net from 'node:net'
import type { Phases } from '../../domain/probe/outcome.ts'
import type { Deadline } from './deadline.ts'
import { lookupGuarded, type Network } from './guarded-lookup.ts'
import { classifyError, isNetFailure, type NetFailure } from './net-failure.ts'
import type { ResolvedAddress } from './resolve-host.ts'

/** Adds to a phase: over redirects they are summed, as blackbox_exporter does. */
export function addPhase(phases: Phases, phase: keyof Phases, durationMs: number): void {
  phases[phase] = (phases[phase] ?? 0) + durationMs
}

/**
 * Resolves, checks and connects, measuring both phases; the deadline owns the socket. An address in place of a name resolves in no time (0 ms), which is
 * how blackbox_exporter counts it.
 */
export async function openConnection(
  network: Network,
  host: string,
  port: number,
  deadline: Deadline,
  phases: Phases,
): Promise<net.Socket | NetFailure> {
  const startedMs = performance.now()
  const lookup = lookupGuarded(network, host)
  const addresses = net.isIP(host) !== 0 ? await lookup : await deadline.run(settleWith(lookup))
  if (isNetFailure(addresses)) return addresses
  const resolvedMs = performance.now()
  addPhase(phases, 'dns', net.isIP(host) === 0 ? resolvedMs - startedMs : 0)
  const socket = await deadline.run<net.Socket>((settle) => {
    deadline.own(connect(addresses, host, port, settle))
  })
  if (!isNetFailure(socket)) addPhase(phases, 'tcp', performance.now() - resolvedMs)
  return socket
}

/** A promise as a step. What still runs after the deadline is left to end by itself. */
function settleWith<T>(promise: Promise<T>): (settle: (value: T) => void) => void {
  return (settle) => {
    promise.then(settle)
  }
}

function connect(
  addresses: ResolvedAddress[],
  host: string,
  port: number,
  settle: (value: net.Socket | NetFailure) => void,
): net.Socket {
  const [first] = addresses
  const single = addresses.length === 1 && first !== undefined
  const socket = net.connect(
    single
      ? { host: first.address, port, noDelay: true }
      : { host, port, noDelay: true, autoSelectFamily: true, lookup: fixedLookup(addresses) },
  )
  // Stays on the socket for good: whoever uses it later listens too, and an error that nobody awaits must not end the process.
  socket.on('error', (error) => {
    const address = single ? first.address : host
    settle(classifyError(error, address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`))
  })
  socket.once('connect', () => settle(socket))
  return socket
}

/** Hands Node's Happy Eyeballs (RFC 8305) the addresses that were checked, and no others. */
function fixedLookup(addresses: ResolvedAddress[]): net.LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, addresses)
    else callback(null, first?.address ?? '', first?.family)
  }
}
