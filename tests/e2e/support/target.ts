import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Target {
  /** Of the health check. */
  url: string
  breakIt(): void
  repair(): void
}

/** A service of the test's own to watch: 200 and `{"status":"healthy"}`, or 503 while it is broken. Closed after the file. */
export async function startTarget(): Promise<Target> {
  let isBroken = false
  const server = createServer((_request, response) => {
    response.writeHead(isBroken ? 503 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: isBroken ? 'error' : 'healthy' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    breakIt: () => {
      isBroken = true
    },
    repair: () => {
      isBroken = false
    },
  }
}
