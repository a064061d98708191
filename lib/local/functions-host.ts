import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../ports/log.ts'
import { createFunctionRouter, type FunctionMatch } from './function-routes.ts'
import { createNextProxy } from './next-proxy.ts'
import { abortOnClose, BodyTooLargeError, sendWebResponse, toWebRequest } from './node-http.ts'
import { type LoadModule, runFunction } from './run-function.ts'
import type { VercelConfig } from './vercel-config.ts'

export interface FunctionsHostOptions {
  port: number
  /** Listens on every address of the machine when none is given. */
  address?: string
  /** Folder that holds `api/`. */
  root: string
  rewrites: VercelConfig['rewrites']
  /** Where Next listens on 127.0.0.1. */
  nextPort: number
  load: LoadModule
  log: Log
}

export interface FunctionsHost {
  port: number
  /** Takes no more requests; waits for running functions up to `graceMs`, then cuts them off. */
  stop(graceMs: number): Promise<void>
}

/**
 * The one public port of a local installation. Root functions answer first, and win over a Next route of the same path,
 * both as on Vercel; everything else is Next's. Rejects with code EADDRINUSE when the port is taken.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const route = createFunctionRouter(options.root, options.rewrites)
  const proxy = createNextProxy(options.nextPort)
  const running = new Set<Promise<void>>()
  const server = createServer((incoming, outgoing) => {
    const url = toUrl(incoming)
    const match = url && route(url)
    if (!match) {
      proxy.forward(incoming, outgoing)
      return
    }
    const run = answer(match, incoming, outgoing, options)
    running.add(run)
    void run.finally(() => running.delete(run))
  })
  server.on('upgrade', (incoming, socket, head) => proxy.upgrade(incoming, socket as Socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: options.port, host: options.address }, () => resolve())
  })
  const address = server.address()
  return {
    port: address && typeof address === 'object' ? address.port : options.port,
    stop: async (graceMs) => {
      server.close()
      server.closeIdleConnections()
      await Promise.race([Promise.allSettled([...running]), sleep(graceMs)])
      server.closeAllConnections()
      proxy.close()
    },
  }
}

function toUrl(incoming: IncomingMessage): URL | null {
  const base = `http://${incoming.headers.host ?? 'localhost'}`
  return URL.canParse(incoming.url ?? '/', base) ? new URL(incoming.url ?? '/', base) : null
}

async function answer(
  match: FunctionMatch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { load, log }: FunctionsHostOptions,
): Promise<void> {
  const requestId = randomUUID()
  try {
    const request = await toWebRequest(incoming, match.url, abortOnClose(outgoing))
    if (!request.headers.has('x-forwarded-for')) {
      request.headers.set('x-forwarded-for', incoming.socket.remoteAddress ?? '')
    }
    request.headers.set('x-real-ip', incoming.socket.remoteAddress ?? '')
    request.headers.set('x-vercel-id', `local::${requestId}`)
    const response = await runFunction(match.file, request, load)
    await sendWebResponse(response, outgoing, incoming.method !== 'HEAD')
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      fail(outgoing, 413, { code: 'body_too_large', message: 'The request body may have 4.5 MB at most.', requestId })
      return
    }
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') {
      // Nothing failed: whoever asked has gone, as the scheduler does when everything is told to end.
      log.info('caller_gone', { requestId, path: match.url.pathname })
      return
    }
    log.error('function_failed', { requestId, path: match.url.pathname, error: describe(error) })
    fail(outgoing, 500, { code: 'internal', message: 'The function failed. The log has the details.', requestId })
  }
}

function fail(outgoing: ServerResponse, status: number, error: Record<string, string>): void {
  if (outgoing.headersSent) {
    outgoing.destroy()
    return
  }
  // What is left of a refused body is not read: the connection cannot be used again.
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  outgoing.end(JSON.stringify({ error }))
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
