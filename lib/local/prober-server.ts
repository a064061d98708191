import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProberHandler, type ProberEnvironment } from '../wiring/prober.ts'
import { abortOnClose, BodyTooLargeError, sendWebResponse, toWebRequest } from './node-http.ts'

export interface ProberServerOptions {
  /** Region in whose name it probes. */
  name: string
  port: number
  /** Address to listen on. */
  host: string
  env: ProberEnvironment
}

export interface ProberServer {
  port: number
  /** Takes no more requests and cuts off those that are under way: whoever asked counts them as unknown. */
  stop(): Promise<void>
}

/** A prober without anything else of the product, at every path of a port. Rejects with code EADDRINUSE when the port is taken. */
export async function startProberServer({ name, port, host, env }: ProberServerOptions): Promise<ProberServer> {
  const handle = createProberHandler(name, env)
  const server = createServer((incoming, outgoing) => void answer(handle, incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(incoming.url ?? '/', 'http://prober')
    const response = await handle(await toWebRequest(incoming, url, abortOnClose(outgoing)))
    await sendWebResponse(response, outgoing, true)
  } catch (error) {
    if (error instanceof BodyTooLargeError) outgoing.writeHead(413, { connection: 'close' }).end()
    // Whoever asked has gone, or sent something that is no HTTP: there is nobody to answer.
    else outgoing.destroy()
  }
}
