import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface ReceivedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** One answer in place of the provider's own behaviour. */
export type ScriptedResponse =
  | { statusCode: number; headers?: Record<string, string>; body?: unknown; delayMs?: number }
  /** The request is read, then the connection is cut without an answer. */
  | { drop: true }

export interface Answer {
  statusCode: number
  headers?: Record<string, string> | undefined
  /** Text as it is; anything else as JSON. */
  body?: unknown
}

export interface StandIn {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string
  /** All requests, in order of arrival, whatever they were answered. */
  received: ReceivedRequest[]
  /** The next requests get these, one each; afterwards the provider behaves like itself again. */
  respondWith(responses: ScriptedResponse[]): void
  close(): Promise<void>
}

/** A server on a free port of 127.0.0.1 that answers by `behave` unless a test scripted otherwise. */
export async function startStandIn(behave: (request: ReceivedRequest) => Answer): Promise<StandIn> {
  const received: ReceivedRequest[] = []
  const scripted: ScriptedResponse[] = []
  const sockets = new Set<Socket>()
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming)
    received.push(request)
    const next = scripted.shift()
    if (next === undefined) return write(response, behave(request))
    if ('drop' in next) return void incoming.socket.destroy()
    if (next.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, next.delayMs))
    return write(response, next)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    respondWith: (responses) => void scripted.push(...responses),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = '', url: path = '', headers } = incoming
  return { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
}

function write(response: ServerResponse, { statusCode, headers, body }: Answer): void {
  const isText = typeof body === 'string' || body === undefined
  response.writeHead(statusCode, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers })
  response.end(isText ? body : JSON.stringify(body))
}
