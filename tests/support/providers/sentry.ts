import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll } from 'vitest'

export interface SentryStandIn {
  dsn: string
  /** Whole envelopes as text: what left the program, whatever it is called. */
  envelopes: string[]
  /** What they hold of one type: `event` is an error, `transaction` the timing of a request. */
  items(type: 'event' | 'transaction'): Record<string, unknown>[]
}

/** Sentry's envelope endpoint on 127.0.0.1; accepts everything, as the real one does. Closed after the file. */
export async function sentryStandIn(): Promise<SentryStandIn> {
  const envelopes: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    if (/^\/api\/1\/envelope\/(\?|$)/.test(incoming.url ?? '')) {
      envelopes.push((incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8'))
    }
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"0"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    dsn: `http://publickey@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    envelopes,
    items: (type) =>
      envelopes.flatMap((envelope) => {
        const [, header = '{}', event = '{}'] = envelope.split('\n')
        return (JSON.parse(header) as { type?: string }).type === type
          ? [JSON.parse(event) as Record<string, unknown>]
          : []
      }),
  }
}
