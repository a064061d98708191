import net, { type Socket } from 'node:net'
import type { PostgresConfig } from '../../domain/monitor/config.ts'
import { assertLatency } from '../../domain/probe/assert-latency.ts'
import { describeTrustError } from '../../domain/probe/certificate.ts'
import { concludeFindings } from '../../domain/probe/finding.ts'
import type { Certificate, Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { describeMs } from '../../domain/probe/quote.ts'
import { unbracket } from './guarded-lookup.ts'
import { classifyError, isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { addPhase, openConnection } from './open-connection.ts'
import { PostgresConversation, type QueryAnswer } from './postgres-conversation.ts'
import { sslRequest } from './postgres-message.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'
import { startTls } from './start-tls.ts'

/** A cancellation is a courtesy to the target; the probe's outcome does not wait for it. */
const CANCEL_TIMEOUT_MS = 1_000

/**
 * Connects, signs in and runs the query. `ttfb` is sign-in and query together. `tls: require` encrypts without checking
 * the chain, as libpq's sslmode does; `verify` checks chain and name before the password is sent.
 */
export async function probePostgres(run: ProbeRun, config: PostgresConfig): Promise<ProbeOutcome> {
  const phases: Phases = {}
  const host = unbracket(config.host)
  const plain = await openConnection(run.network, host, config.port, run.deadline, phases)
  if (isNetFailure(plain)) return failedOutcome(run, phases, plain)
  const remoteAddress = plain.remoteAddress ?? null
  run.deadline.stage = 'answer'
  const secured = await secure(run, plain, config, host, phases)
  if (isNetFailure(secured)) return failedOutcome(run, phases, secured, { remoteAddress })
  const { certificate } = secured
  const answer = await query(run, secured, config, remoteAddress, phases)
  if (isNetFailure(answer)) return failedOutcome(run, phases, answer, { remoteAddress, certificate })
  const durationMs = run.deadline.elapsedMs()
  const rows = `${answer.rows} ${answer.rows === 1 ? 'row' : 'rows'}`
  const upMessage = `the query answered ${rows} in ${describeMs(durationMs)}`
  const evaluation = concludeFindings(assertLatency(config.latencyMs, durationMs), upMessage)
  return outcomeOf(run, phases, evaluation, { remoteAddress, certificate })
}

interface Secured {
  socket: Socket
  certificate: Certificate | null
}

async function secure(
  { network, deadline }: ProbeRun,
  socket: Socket,
  { tls }: PostgresConfig,
  host: string,
  phases: Phases,
): Promise<Secured | NetFailure> {
  if (tls === 'disable') return { socket, certificate: null }
  const answer = await deadline.run<{ agreed: true }>((settle) => askForTls(socket, settle))
  if (isNetFailure(answer)) return answer
  return startTls(socket, { host, alpn: [], ca: network.ca }, deadline, phases)
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
    else if (answer[0] === 0x4e) settle(netFailure('tls', 'postgres does not offer TLS, which the monitor requires'))
    else settle(netFailure('protocol', 'postgres: the answer to the request for TLS is malformed'))
  })
  socket.write(sslRequest())
}

async function query(
  { deadline, secrets }: ProbeRun,
  { socket, certificate }: Secured,
  config: PostgresConfig,
  remoteAddress: string | null,
  phases: Phases,
): Promise<QueryAnswer | NetFailure> {
  const trustError = config.tls === 'verify' ? (certificate?.trustError ?? null) : null
  if (trustError !== null)
    return netFailure('tls', `the certificate of ${config.host} is ${describeTrustError(trustError)}`)
  const startedMs = performance.now()
  const login = { user: config.user, database: config.database, query: config.query, password: secrets.password ?? '' }
  const answer = await deadline.run<QueryAnswer>((settle) => {
    const conversation = new PostgresConversation(socket, login, settle)
    conversation.start()
    deadline.own({
      destroy() {
        const cancellation = conversation.cancellation
        if (cancellation !== null && remoteAddress !== null) sendOnce(remoteAddress, config.port, cancellation)
      },
    })
  })
  if (!isNetFailure(answer)) addPhase(phases, 'ttfb', performance.now() - startedMs)
  return answer
}

/** To the address that was connected to, and so checked, before. */
function sendOnce(address: string, port: number, bytes: Buffer): void {
  const socket = net.connect({ host: address, port, timeout: CANCEL_TIMEOUT_MS })
  socket.on('timeout', () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.end(bytes)
}
