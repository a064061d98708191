import net, { type Socket } from 'node:net'
import { describeTrustError } from '../../domain/probe/certificate.ts'
import type { Certificate, Phases } from '../../domain/probe/outcome.ts'
import type { Deadline } from './deadline.ts'
import type { Network } from './guarded-lookup.ts'
import { classifyError, isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import {
  type NextQuery,
  PostgresConversation,
  type PostgresLogin,
  type QueryAnswer,
  type QueryFailure,
} from './postgres-conversation.ts'
import { sslRequest } from './postgres-message.ts'
import { startTls } from './start-tls.ts'

/** A cancellation is a courtesy to the target; the outcome does not wait for it. */
const CANCEL_TIMEOUT_MS = 1_000

/** A connection over which nothing has been said yet; `certificate` is null without encryption. */
export interface PostgresSession {
  socket: Socket
  certificate: Certificate | null
}

/**
 * Encrypts a fresh connection, unless `tls` is `disable`. The chain is reported and not enforced here: whoever asked for `verify` must
 * look at it (`findDistrust`) before the password is sent.
 */
export async function securePostgres(
  { network, deadline }: { network: Network; deadline: Deadline },
  socket: Socket,
  { host, tls }: { host: string; tls: 'disable' | 'require' | 'verify' },
  phases: Phases,
): Promise<PostgresSession | NetFailure> {
  if (tls === 'disable') return { socket, certificate: null }
  const answer = await deadline.run<{ agreed: true }>((settle) => askForTls(socket, settle))
  if (isNetFailure(answer)) return answer
  return startTls(socket, { host, alpn: [], ca: network.ca }, deadline, phases)
}

/** Why the certificate of a session is not to be trusted; null when it is. */
export function findDistrust({ certificate }: PostgresSession, host: string): NetFailure | null {
  const trustError = certificate?.trustError ?? null
  return trustError === null
    ? null
    : netFailure('tls', `the certificate of ${host} is ${describeTrustError(trustError)}`)
}

/** Signs in and asks. When time is up, what still runs is cancelled on the server, too. */
export function askPostgres(
  deadline: Deadline,
  { socket }: PostgresSession,
  login: PostgresLogin,
  next: NextQuery,
): Promise<{ answers: (QueryAnswer | QueryFailure)[] } | NetFailure> {
  const { remoteAddress, remotePort } = socket
  return deadline.run((settle) => {
    const conversation = new PostgresConversation(socket, login, next, settle)
    conversation.start()
    deadline.own({
      destroy() {
        const cancellation = conversation.cancellation
        if (cancellation !== null && remoteAddress !== undefined && remotePort !== undefined)
          sendCancellation(remoteAddress, remotePort, cancellation)
      },
    })
  })
}

/**
 * The server answers with one letter. More bytes than that were put there by somebody in between, to be taken for
 * encrypted ones (CVE-2021-23222).
 */
function askForTls(socket: Socket, settle: (value: { agreed: true } | NetFailure) => void): void {
  socket.once('close', () => settle(classifyError({ code: 'ECONNRESET' }, 'postgres')))
  socket.on('error', (error) => settle(classifyError(error, 'postgres')))
  socket.once('data', (answer: Buffer) => {
    if (answer.length === 1 && answer[0] === 0x53) settle({ agreed: true })
    else if (answer[0] === 0x4e) settle(netFailure('tls', 'postgres does not offer TLS, which the settings require'))
    else settle(netFailure('protocol', 'postgres: the answer to the request for TLS is malformed'))
  })
  socket.write(sslRequest())
}

/** Asks a server to stop a query, at the address that was connected to, and so checked, before. */
export function sendCancellation(address: string, port: number, bytes: Buffer): void {
  const socket = net.connect({ host: address, port, timeout: CANCEL_TIMEOUT_MS })
  socket.on('timeout', () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.end(bytes)
}
