import { randomUUID } from 'node:crypto'
import type { ErrorReporter } from '../../lib/ports/error-reporter.ts'
import type { Log } from '../../lib/ports/log.ts'
import type { Ping, PingReceipt } from '../../lib/tasks/receive-ping.ts'
import { isUuid, parsePingPath, readPingPath } from './ping-path.ts'

export interface PingDependencies {
  log: Log
  reporter: ErrorReporter
  receive(ping: Ping): Promise<PingReceipt>
}

/** So much of a body is kept, as Healthchecks does; jobs read it from the header and cut their logs to it. */
const BODY_LIMIT_BYTES = 10_000

type Handler = (request: Request) => Promise<Response>

/**
 * The addresses that jobs call, with the facts of Healthchecks' HTTP API (healthchecks.io/docs/http_api): plain-text answers `OK`, `not
 * found` and `invalid url format`, any origin, `Ping-Body-Limit`. Unlike there, a database that is away is said with 503, so that a
 * client with retries (`curl --retry`) tries again and no signal is lost.
 */
export function pingFunction(wire: () => PingDependencies): Record<'GET' | 'HEAD' | 'POST' | 'OPTIONS', Handler> {
  const handle: Handler = async (request) => {
    const requestId = request.headers.get('x-vercel-id') ?? randomUUID()
    const url = new URL(request.url)
    const target = parsePingPath(readPingPath(url))
    const runId = url.searchParams.get('rid')
    if (target === 'not_found') return answer(404, 'not found')
    if (target === 'invalid') return answer(400, 'invalid url format')
    if (runId !== null && !isUuid(runId)) return answer(400, 'invalid uuid format')
    let dependencies: PingDependencies | undefined
    try {
      dependencies = wire()
      const bodyExcerpt = request.method === 'POST' ? await readExcerpt(request) : null
      const { address, kind, exitCode } = target
      const receipt = await dependencies.receive({ address, kind, exitCode, runId, bodyExcerpt })
      dependencies.log.info('ping', { requestId, kind, exitCode, receipt: receipt.kind })
      return answerReceipt(receipt)
    } catch (error) {
      const fields = { requestId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      if (dependencies) {
        dependencies.log.error('ping_failed', fields)
        await dependencies.reporter.report(error, `${request.method} /ping`, requestId)
      } else console.error(JSON.stringify({ level: 'error', event: 'ping_failed', ...fields }))
      return answer(503, 'try again later', { 'retry-after': '5' })
    }
  }
  const preflight: Handler = async () =>
    answer(204, null, {
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-headers': '*',
    })
  const withoutBody: Handler = async (request) => new Response(null, await handle(request))
  return { GET: handle, HEAD: withoutBody, POST: handle, OPTIONS: preflight }
}

function answerReceipt(receipt: PingReceipt): Response {
  if (receipt.kind === 'taken') return answer(200, 'OK')
  if (receipt.kind === 'unknown') return answer(404, 'not found')
  return answer(429, 'rate limit exceeded', { 'retry-after': String(receipt.retryAfterSeconds) })
}

function answer(status: number, text: string | null, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'access-control-allow-origin': '*',
      'ping-body-limit': String(BODY_LIMIT_BYTES),
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** The first bytes of the body as text; null for none. Reads no further: a job may send its whole log. */
async function readExcerpt(request: Request): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let left = BODY_LIMIT_BYTES
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true })
    left -= chunk.length
    if (left <= 0) break
  }
  // A character that the limit cuts in two is left in the decoder. Postgres stores no NUL in text.
  return text === '' ? null : text.replaceAll('\0', '\ufffd')
}
