import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Phases } from '../../domain/probe/outcome.ts'
import type { Deadline } from './deadline.ts'
import { classifyError, isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { addPhase } from './open-connection.ts'

export interface HttpMessage {
  url: URL
  method: string
  headers: http.OutgoingHttpHeaders
  body: string | undefined
}

export interface BodyLimits {
  /** Largest body, on the wire. */
  maxBytes: number
  /** Past the limit: fail with `body_too_large`, or stop reading and keep what came. */
  onExcess: 'fail' | 'cut'
  /** How much of a plain body is kept in memory; all of it is read. A compressed one is kept whole, or it could not be read. */
  keptBytes: number
}

export interface HttpAnswer {
  statusCode: number
  headers: IncomingHttpHeaders
  /** Size on the wire. */
  bytes: number
  /** The first `keptBytes` of the body, as sent: possibly compressed. */
  body: Buffer
}

const EMPTY = Buffer.alloc(0)

/**
 * Sends one request over a connected socket and reads the answer to its end. `createConnection` without an agent makes Node
 * close the connection afterwards and spares the bookkeeping of a pool that would hold one socket.
 */
export async function exchangeHttp(
  socket: Socket,
  message: HttpMessage,
  limits: BodyLimits,
  deadline: Deadline,
  phases: Phases,
): Promise<HttpAnswer | NetFailure> {
  const startedMs = performance.now()
  let firstByteMs = 0
  deadline.stage = 'answer'
  const answer = await deadline.run<HttpAnswer>((settle) => {
    const fail = (error: unknown) => settle(classifyError(error, message.url.host))
    try {
      const request = createRequest(socket, message)
      request.on('error', fail)
      // A refused upgrade or a close before the first byte ends the request without any other event.
      request.on('close', () => fail({ code: 'ECONNRESET' }))
      request.on('response', (response) => {
        firstByteMs = performance.now()
        addPhase(phases, 'ttfb', firstByteMs - startedMs)
        deadline.stage = 'body'
        readBody(response, limits, settle, fail)
      })
      request.end(message.body)
    } catch (error) {
      fail(error)
    }
  })
  if (!isNetFailure(answer)) addPhase(phases, 'transfer', performance.now() - firstByteMs)
  // The deadline would end it too, but a further hop should not find this one still open.
  socket.destroy()
  return answer
}

function createRequest(socket: Socket, { url, method, headers }: HttpMessage): http.ClientRequest {
  return http.request({
    createConnection: () => socket,
    method,
    path: url.pathname + url.search,
    headers: { host: url.host, ...headers },
    setHost: false,
  })
}

function readBody(
  response: IncomingMessage,
  limits: BodyLimits,
  settle: (value: HttpAnswer | NetFailure) => void,
  fail: (error: unknown) => void,
): void {
  const { statusCode = 0, headers } = response
  let bytes = 0
  let kept = 0
  let chunks: Buffer[] | null = null
  const keptBytes = headers['content-encoding'] === undefined ? limits.keptBytes : limits.maxBytes
  const finish = () =>
    settle({ statusCode, headers, bytes, body: chunks === null ? EMPTY : Buffer.concat(chunks, kept) })
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (kept < keptBytes) {
      chunks ??= []
      const part = chunk.length > keptBytes - kept ? chunk.subarray(0, keptBytes - kept) : chunk
      chunks.push(part)
      kept += part.length
    }
    if (bytes <= limits.maxBytes) return
    if (limits.onExcess === 'cut') finish()
    else settle(netFailure('body_too_large', `the body is larger than ${limits.maxBytes} bytes`))
    response.destroy()
  })
  response.on('end', () => (response.complete ? finish() : fail({ code: 'ECONNRESET' })))
  response.on('error', fail)
}
