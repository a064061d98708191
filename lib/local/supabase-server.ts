import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type Server } from 'node:http'
import type { App } from '@supabase/lite'
import { abortOnClose, sendWebResponse, toWebRequest } from './node-http.ts'

export interface SupabaseServer {
  url: string
  stop(): Promise<void>
}

/** Receives what Lite would print on the console: among it every statement that the database refused. */
export type LiteOutput = (text: string) => void

const insideLite = new AsyncLocalStorage<LiteOutput>()
let isConsoleDiverted = false
/** Loopback only; a report of 90 days is larger than a function's body may be. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

/** Serves Supabase Lite on a port of 127.0.0.1, for supabase-js in the functions and in Next. */
export async function serveSupabase(app: App, port: number, output: LiteOutput): Promise<SupabaseServer> {
  divertConsole()
  const server = createServer((incoming, outgoing) => {
    insideLite.run(output, async () => {
      try {
        const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? `127.0.0.1:${port}`}`)
        const request = await toWebRequest(incoming, url, abortOnClose(outgoing), MAX_BODY_BYTES)
        const response = await app.fetch(request, { peerAddress: incoming.socket.remoteAddress ?? null })
        await sendWebResponse(response, outgoing, incoming.method !== 'HEAD')
      } catch (error) {
        output(`request failed: ${(error as Error).message}`)
        if (!outgoing.headersSent) outgoing.statusCode = 500
        outgoing.end()
      }
    })
  })
  // Longer than any client keeps an idle connection, so that none is closed under a request that is being sent.
  server.keepAliveTimeout = 75_000
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => resolve())
  })
}

/** Lite prints to the console and takes no logger; what it prints while it works on a request goes to the log instead. */
function divertConsole(): void {
  if (isConsoleDiverted) return
  isConsoleDiverted = true
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    const original = console[method].bind(console)
    console[method] = (...values: unknown[]) => {
      const output = insideLite.getStore()
      if (output) output(values.map((value) => (value instanceof Error ? value.message : String(value))).join(' '))
      else original(...values)
    }
  }
}
