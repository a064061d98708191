import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

/** Hands requests on to the dashboard's own server on a loopback port, bodies streamed in both directions. */
export interface NextProxy {
  forward(incoming: IncomingMessage, outgoing: ServerResponse): void
  /** WebSockets: the channel of hot reload in development. */
  upgrade(incoming: IncomingMessage, socket: Socket, head: Buffer): void
  close(): void
}

/** Headers that belong to one connection, not to the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export function createNextProxy(port: number): NextProxy {
  const agent = new Agent({ keepAlive: true })
  return {
    forward: (incoming, outgoing) => {
      const inner = request(
        {
          host: '127.0.0.1',
          port,
          agent,
          method: incoming.method,
          path: incoming.url,
          headers: forwardedHeaders(incoming),
        },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHopByHop(answer.rawHeaders))
          answer.pipe(outgoing)
          answer.once('error', () => outgoing.destroy())
        },
      )
      inner.once('error', () => answerUnavailable(outgoing))
      outgoing.once('close', () => inner.destroy())
      incoming.pipe(inner)
    },
    upgrade: (incoming, socket, head) => {
      const inner = connect(port, '127.0.0.1', () => {
        const headers = incoming.rawHeaders.reduce(
          (lines, value, index) => lines + (index % 2 === 0 ? `${value}: ` : `${value}\r\n`),
          '',
        )
        inner.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers}\r\n`)
        if (head.length > 0) inner.write(head)
        inner.pipe(socket)
        socket.pipe(inner)
      })
      inner.once('error', () => socket.destroy())
      socket.once('error', () => inner.destroy())
      socket.once('close', () => inner.destroy())
    },
    close: () => agent.destroy(),
  }
}

function forwardedHeaders(incoming: IncomingMessage): string[] {
  const before = incoming.headers['x-forwarded-for']
  const client = incoming.socket.remoteAddress ?? ''
  const set: Record<string, string> = {
    'x-forwarded-for': before ? `${before}, ${client}` : client,
    // As Vercel sets it: who is really at the other end, whatever the request says of itself.
    'x-real-ip': client,
    'x-forwarded-host': String(incoming.headers['x-forwarded-host'] ?? incoming.headers.host ?? ''),
    'x-forwarded-proto': String(incoming.headers['x-forwarded-proto'] ?? 'http'),
  }
  const kept: string[] = []
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? ''
    if (name.toLowerCase() in set || isHopByHop(name)) continue
    kept.push(name, incoming.rawHeaders[index + 1] ?? '')
  }
  // A body of unknown length arrives in chunks and has to be sent on in chunks.
  if (incoming.headers['transfer-encoding']) kept.push('transfer-encoding', 'chunked')
  return [...kept, ...Object.entries(set).flat()]
}

function withoutHopByHop(rawHeaders: string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (!isHopByHop(name)) kept.push(name, rawHeaders[index + 1] ?? '')
  }
  return kept
}

function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name.toLowerCase())
}

function answerUnavailable(outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy()
    return
  }
  outgoing.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' })
  outgoing.end('The dashboard is starting. Try again in a moment.\n')
}
