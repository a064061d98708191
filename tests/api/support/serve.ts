import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { abortOnClose, sendWebResponse, toWebRequest } from '../../../lib/local/node-http.ts'

/** A web-standard handler behind a real socket on 127.0.0.1, closed after the file. Answers its address. */
export async function serve(handle: (request: Request) => Promise<Response>): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
    void toWebRequest(incoming, url, abortOnClose(outgoing))
      .then(handle)
      .then((response) => sendWebResponse(response, outgoing, incoming.method !== 'HEAD'))
      .catch((error: unknown) => {
        outgoing.statusCode = 500
        outgoing.end(String(error))
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
