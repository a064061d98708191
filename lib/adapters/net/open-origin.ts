import type { Socket } from 'node:net'
import { describeTrustError } from '../../domain/probe/certificate.ts'
import type { Certificate, Phases } from '../../domain/probe/outcome.ts'
import type { Deadline } from './deadline.ts'
import { type Network, unbracket } from './guarded-lookup.ts'
import { isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { openConnection } from './open-connection.ts'
import { startTls } from './start-tls.ts'

/** A fresh connection to an http(s) origin, ready to be written to. */
export interface OriginConnection {
  socket: Socket
  remoteAddress: string | null
  certificate: Certificate | null
}

/** A failure that still carries what was learnt on the way: the address, and the chain that was not trusted. */
export type OriginFailure = NetFailure & Omit<OriginConnection, 'socket'>

/**
 * Connects to the origin of `url` and, for https, judges its chain before a single byte of the request leaves: passing
 * `rejectUnauthorized: false` to `https.request` would send credentials along with the handshake's last message.
 */
export async function openOrigin(
  network: Network,
  url: URL,
  verifyTls: boolean,
  deadline: Deadline,
  phases: Phases,
): Promise<OriginConnection | OriginFailure> {
  const isTls = url.protocol === 'https:'
  const host = unbracket(url.hostname)
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port)
  const socket = await openConnection(network, host, port, deadline, phases)
  if (isNetFailure(socket)) return { ...socket, remoteAddress: null, certificate: null }
  const remoteAddress = socket.remoteAddress ?? null
  if (!isTls) return { socket, remoteAddress, certificate: null }
  const session = await startTls(socket, { host, alpn: ['http/1.1'], ca: network.ca }, deadline, phases)
  if (isNetFailure(session)) return { ...session, remoteAddress, certificate: null }
  const { certificate } = session
  if (!verifyTls || certificate.trustError === null) return { socket: session.socket, remoteAddress, certificate }
  const failure = netFailure('tls', `the certificate of ${host} is ${describeTrustError(certificate.trustError)}`)
  return { ...failure, remoteAddress, certificate }
}
